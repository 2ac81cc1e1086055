import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import type { Repositories } from '../../bot/repositories.ts';
import { connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { type CountedCommands, countCommands, countTrips } from '../support/counted-commands.ts';
import {
  exchangeOf,
  guardKey,
  makeCharacter,
  screenWith,
  search,
  strikeKey,
  withAction,
} from '../support/duel-steps.ts';
import { giveEarnings } from '../support/give-earnings.ts';
import { itemOf } from '../support/items.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { type OpenArena, openArena } from '../support/open-arena.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { silentLog } from '../support/silent-log.ts';
import { type RunningRedis, startRedisServer } from '../support/redis-server.ts';

/** Limits of commands per tap, MULTI and EXEC included, on a warm process. */
const LIMITS = {
  menu: 8,
  mode: 8,
  'join alone': 10,
  check: 8,
  'join that matches': 28,
  strike: 5,
  'guard that completes a move': 9,
  'guard that ends a round': 10,
  'page of the bag': 8,
  'wearing an item': 14,
} as const;
/** Round trips of a strike. */
const STRIKE_TRIPS = 4;
/** Round trips of a guard that leaves the round open: the opponent is shown that the move is complete. */
const COMPLETE_MOVE_TRIPS = 6;

describeOnRedisServer('Redis commands of a tap', () => {
  let server: RunningRedis | null = null;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server?.stop());

  test('stay within their limit on a warm process', async () => {
    // Without waves and timers, whose commands would be counted too.
    const url = server?.url ?? '';
    const unused = { DATABASE_URL: 'postgresql://127.0.0.1:1/unused' };
    const redis = await connectRedis({ url, log: silentLog });
    onTestFinished(() => redis.close());
    const repositories = memoryRepositories();
    const open = await openArena(
      { REDIS_URL: url, ARENA_PARTS: 'updates', ARENA_WAVE_S: '3', ...unused },
      { repositories, redis },
    );
    const counted = await countCommands(url, isBackground);
    onTestFinished(() => {
      counted.close();
    });
    const trips = countTrips(redis.client, isBackground);
    expect(await countTaps(open, { counted, trips, repositories })).toEqual(
      Object.fromEntries(Object.keys(LIMITS).map((name) => [name, 'within its limit'])),
    );
  });
});

/** The update heartbeat, the bot's id, whether the arena is drained, and the server's time. */
function isBackground(args: readonly string[]): boolean {
  const asksForTime = args[2] === '1' && args[3] === keys.matches() && args.length === 4;
  const isLookedAt = args[1] === keys.updateHeartbeat() || args[1] === keys.drain();
  return isLookedAt || args[3] === keys.botId() || asksForTime;
}

interface Counting {
  readonly counted: CountedCommands;
  readonly trips: ReturnType<typeof countTrips>;
  readonly repositories: Repositories;
}

async function countTaps(open: OpenArena, { counted, trips, repositories }: Counting) {
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await giveEarnings(ann, repositories, { items: [itemOf('1 might_weapon rare ox')] });
  const counts: Record<string, string> = {};
  const count = async (name: keyof typeof LIMITS, act: () => Promise<unknown>) => {
    await open.arena.idle();
    const sent = await counted.during(async () => {
      trips.take();
      await act();
      await open.arena.idle();
    });
    const limit = LIMITS[name];
    counts[name] =
      sent.length <= limit ? 'within its limit' : `${sent.length} > ${limit}: ${sent.join(' ')}`;
    return trips.take();
  };
  const tap = (who: TestPlayer, data: string | RegExp) => who.tap(withAction(data));
  await warmUp(open, ann);
  await warmUp(open, bob);
  await count('mode', () =>
    ann.client
      .tap('arena.mode|1v1', { force: true })
      .answered()
      .then(() => screenWith(ann, 'arena.menu')),
  );
  await count('menu', () => tap(ann, 'arena.menu').then(() => screenWith(ann, 'character')));
  await tap(ann, 'bag|');
  await tap(ann, 'bag.page||chest');
  await count('page of the bag', () => tap(ann, 'bag.page||bag'));
  await tap(ann, 'bag.item');
  await count('wearing an item', () => tap(ann, 'bag.wear').then(() => ann.sees(/Now worn/)));
  await tap(ann, 'bag.close');
  await screenWith(ann, 'arena.join');
  await count('join alone', () =>
    tap(ann, 'arena.join').then(() => screenWith(ann, 'arena.shadow')),
  );
  // On messages of earlier releases.
  await count('check', () => ann.client.tap('arena.check|1v1', { force: true }).answered());
  await count('join that matches', async () => {
    await tap(bob, 'arena.join');
    await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  });
  // The first round warms up the process.
  await move(ann);
  await move(bob);
  const round = exchangeOf(await screenWith(ann, 'battle.strike|'));
  await expect.poll(() => exchangeOf(bob.client.lastScreen())).toBe(round);
  expect(await count('strike', () => ann.tap(strikeKey(0)))).toBeLessThanOrEqual(STRIKE_TRIPS);
  const complete = () => ann.tap(guardKey(0));
  expect(await count('guard that completes a move', complete)).toBeLessThanOrEqual(
    COMPLETE_MOVE_TRIPS,
  );
  await bob.tap(strikeKey(1));
  await count('guard that ends a round', () => bob.tap(guardKey(1)));
  return counts;
}

async function warmUp(open: OpenArena, who: TestPlayer): Promise<void> {
  await search(who);
  await screenWith(who, 'arena.cancel');
  await who.tap(withAction('arena.cancel'));
  await screenWith(who, 'character');
  await open.arena.idle();
}

async function move(who: TestPlayer): Promise<void> {
  await who.tap(strikeKey(0));
  await who.tap(guardKey(0));
}
