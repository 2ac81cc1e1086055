import { expect, test } from 'vitest';
import type { ChatEvent, TestPlayer } from 'telegram-sandbox/testing';
import { keys } from '../../redis/keys.ts';
import { openBalancer } from '../support/balancer.ts';
import {
  makeCharacter,
  makeMove,
  screenWith,
  search,
  withAction,
  surrender,
} from '../support/duel-steps.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { type OpenProcesses, openProcesses } from '../support/open-processes.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { openRedis } from '../support/open-redis.ts';
import { stablePort } from '../support/redis-server.ts';

describeOnRedisServer('two processes on one Redis', () => {
  test('one receives updates, the other makes matches and ends turns: everything happens once', async () => {
    const { url, beats } = await openWatchedRedis();
    const receiver = { REDIS_URL: url, ARENA_PARTS: 'updates' };
    const open = await openProcesses(receiver, { ARENA_PARTS: 'waves,timers' });
    const [ann, bob] = await openDuel(open);
    for (const exchange of [1, 2, 3]) {
      await inExchange(ann, exchange);
      await makeMove(ann, exchange);
      await ann.sees(/Your move is in/);
      await runOut(open, beats);
    }
    await ann.sees(/Victory/);
    await bob.sees(/Defeat/);
    await open.arena.services.combat.tick();
    expect([shown(ann, /Victory/), shown(bob, /Defeat/)]).toEqual([1, 1]);
    expect([sounds(ann, /Round 1/), sounds(bob, /Round 1/)]).toEqual([1, 1]);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('both run waves and timers: a Shadow, a turn and a result come once', async () => {
    const { url, beats } = await openWatchedRedis();
    const open = await openProcesses({ REDIS_URL: url }, { ARENA_PARTS: 'timers,waves' });
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    await search(ann);
    await screenWith(ann, 'arena.cancel');
    for (let passed = 0; passed < 48_000; passed += 4_000) await pass(open, beats);
    await inExchange(ann, 1);
    // The Shadow came at 48 s, or with the next wave.
    for (let turn = 0; turn < 3; turn += 1) await runOut(open, beats);
    await pass(open, beats);
    await ann.sees(/Defeat/);
    expect([shown(ann, /Defeat/), sounds(ann, /Round 1/)]).toEqual([1, 1]);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('both receive a webhook behind one address: a duel uses both', async () => {
    const { url } = await openWatchedRedis();
    const ports = [await stablePort(), await stablePort()] as const;
    const balancer = await openBalancer(ports);
    const shared = { REDIS_URL: url, WEBHOOK_URL: balancer.url };
    const [one, other] = ports.map((port) => ({ ...shared, WEBHOOK_PORT: String(port) }));
    const open = await openProcesses({ ...one }, { ...other });
    const [ann, bob] = await openDuel(open);
    for (const exchange of [1, 2, 3]) {
      await Promise.all([inExchange(ann, exchange), inExchange(bob, exchange)]);
      await Promise.all([makeMove(ann, exchange), makeMove(bob, exchange)]);
    }
    await Promise.all([inExchange(ann, 4), inExchange(bob, 4)]);
    await surrender(ann);
    await Promise.all([ann.sees(/Defeat/), bob.sees(/Victory/)]);
    expect([sounds(ann, /Round 1/), sounds(bob, /Round 1/)]).toEqual([1, 1]);
    for (const count of balancer.counts) expect(count).toBeGreaterThan(10);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('turn timers pause in every process while Telegram is unavailable', async () => {
    const { url, beats, client } = await openWatchedRedis();
    const receiver = { REDIS_URL: url, ARENA_PARTS: 'updates' };
    const open = await openProcesses(receiver, { ARENA_PARTS: 'waves,timers' });
    await beats(open.clock.now());
    const outage = open.log.next('telegram unavailable');
    const restarted = open.sandbox.restart({ downMs: 300 });
    await outage;
    await expect.poll(() => client.exists(keys.updateHeartbeat())).toBe(0);
    open.clock.advance(4_000);
    await open.others[0]?.services.arena.wave();
    expect(Number(await client.hget(keys.timerHeartbeat(), 'at'))).toBe(open.clock.now() - 4_000);
    await restarted;
    open.newPlayer('Ann').say('/start');
    await beats(open.clock.now());
  });
});

async function openWatchedRedis() {
  const redis = await openRedis();
  /** Resolves when a process has run the timers at that time. */
  const beats = async (nowMs: number) => {
    await expect
      .poll(async () => Number(await redis.client.hget(keys.timerHeartbeat(), 'at')), {
        interval: 5,
      })
      .toBe(nowMs);
  };
  return { ...redis, beats };
}

type Beats = Awaited<ReturnType<typeof openWatchedRedis>>['beats'];

async function openDuel(open: OpenProcesses): Promise<[TestPlayer, TestPlayer]> {
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  return [ann, bob];
}

/** A longer step would be taken for an outage of the bot. */
async function pass(open: OpenProcesses, beats: Beats): Promise<void> {
  open.clock.advance(4_000);
  await beats(open.clock.now());
  // The heartbeat is written before the battles are checked, so they are checked once more.
  await open.others[0]?.services.combat.tick();
}

async function runOut(open: OpenProcesses, beats: Beats): Promise<void> {
  for (let passed = 0; passed < 40_000; passed += 4_000) await pass(open, beats);
}

function inExchange(who: TestPlayer, exchange: number): Promise<unknown> {
  return who.client.waitFor((chat) => chat.messages.at(-1)?.text.includes(`Round ${exchange} `));
}

/** The screens with this text since the menu that followed the first fight. */
function sightsOf(who: TestPlayer, text: RegExp) {
  const screens = who.client.events().filter(isScreen);
  const isMenu = ({ message }: Screen) => message.buttons.flat().some(withAction('character'));
  return screens
    .slice(screens.findLastIndex(isMenu))
    .filter(({ message }) => text.test(message.text));
}

type Screen = Extract<ChatEvent, { kind: 'sent' | 'edited' }>;

function isScreen(event: ChatEvent): event is Screen {
  return event.kind === 'sent' || event.kind === 'edited';
}

function shown(who: TestPlayer, text: RegExp): number {
  return sightsOf(who, text).length;
}

function sounds(who: TestPlayer, text: RegExp): number {
  return sightsOf(who, text).filter((one) => one.kind === 'sent' && !one.message.isSilent).length;
}
