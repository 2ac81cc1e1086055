import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JoinTerms, QueueRequest, Waiting } from '../../domains/arena/arena-store.ts';
import { rankOpponents, searchRange } from '../../domains/arena/matchmaking.ts';
import { keys } from '../../redis/keys.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { FixedClock } from '../support/clock.ts';
import { shippedRules } from '../support/matchmaking-notation.ts';
import { type RedisUnderTest, describeOnEachRedis } from '../support/redis-engines.ts';
import { repetitions } from '../support/repetitions.ts';
import { silentLog } from '../support/silent-log.ts';

const MODE = '1v1';
/** Odd, all other ids are even: its order of equal opponents starts among them. */
const NEWCOMER = 51;
const nowMs = new FixedClock().now();

interface Entry {
  readonly charId: number;
  readonly userId: number;
  readonly gs: number;
  readonly waitedMs: number;
  readonly last: number | null;
  readonly blocked: readonly number[];
  readonly state: 'waits' | 'seated' | 'no_request';
}

/** Two of three scenes are small; the others have many players and few GearScores. */
interface Size {
  readonly people: number;
  readonly least: number;
  readonly gs: fc.Arbitrary<number>;
  readonly near: fc.Arbitrary<number>;
}
const small: Size = {
  people: 40,
  least: 0,
  gs: fc.integer({ min: 85, max: 130 }),
  near: fc.constant(50),
};
const crowd: Size = {
  people: 120,
  least: 13,
  gs: fc.constantFrom(90, 99, 100, 101, 102, 110),
  near: fc.constantFrom(1, 2, 3, 5, 11, 50),
};
const waits = [0, 1, 9_999, 10_000, 20_000, 30_000, 299_999, 300_000, 400_000];

const users = fc.integer({ min: 1, max: 30 });
/** Blocked users; most block none. */
const blocked = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.uniqueArray(users, { minLength: 1, maxLength: 12 }) },
);
const idsOf = ({ people }: Size) => fc.integer({ min: 1, max: people }).map((half) => 2 * half);

function entryOf(size: Size): fc.Arbitrary<Entry> {
  return fc.record({
    charId: idsOf(size),
    userId: fc.integer({ min: 1, max: 30 }),
    gs: size.gs,
    waitedMs: fc.constantFrom(...waits),
    last: fc.option(fc.constantFrom(NEWCOMER, 2, 4, 6), { freq: 4 }),
    blocked,
    state: fc.constantFrom('waits', 'waits', 'waits', 'seated', 'no_request'),
  });
}

function sceneOf(size: Size) {
  const ids = idsOf(size);
  const maxLength = size === small ? 12 : size.people;
  const lengths = { minLength: size.least, maxLength, size: 'max' } as const;
  return fc.record({
    entries: fc.uniqueArray(entryOf(size), { ...lengths, selector: ({ charId }) => charId }),
    gs: fc.integer({ min: 95, max: 115 }),
    userId: fc.integer({ min: 1, max: 30 }),
    last: fc.option(ids, { freq: 3 }),
    blocked,
    near: size.near,
  });
}
const scene = fc.oneof(
  { weight: 2, arbitrary: sceneOf(small) },
  { weight: 1, arbitrary: sceneOf(crowd) },
);
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

function waitingOf({
  charId,
  userId,
  gs,
  waitedMs,
  last,
  blocked: blockedUserIds,
}: Entry): Waiting {
  const startTimeMs = nowMs - waitedMs;
  return { charId, userId, mode: MODE, gs, startTimeMs, lastOpponentId: last, blockedUserIds };
}

/** Writes the keys of the scene as the scripts do. */
async function lay({ client }: RedisUnderTest, { entries, last }: Scene): Promise<void> {
  const batch = client.pipeline().flushdb();
  for (const { charId, state, ...rest } of entries) {
    const { userId, gs, startTimeMs } = waitingOf({ charId, state, ...rest });
    batch.zadd(keys.queue(MODE), gs, charId).zadd(keys.since(MODE), startTimeMs, charId);
    if (state !== 'no_request')
      batch.hset(keys.request(charId), {
        start_time: startTimeMs,
        gs,
        mode: MODE,
        user_id: userId,
      });
    if (state === 'seated') batch.set(keys.seat(charId), 'elsewhere');
    if (rest.blocked.length > 0) batch.set(keys.blocked(charId), `,${rest.blocked.join(',')},`);
    if (rest.last !== null) batch.set(keys.lastOpponent(charId), rest.last);
  }
  if (last !== null) batch.set(keys.lastOpponent(NEWCOMER), last);
  await batch.exec();
}

const inOrder = (one: string, other: string) => Number(one > other) - Number(one < other);

/** The nearest entries in each direction, ordered as in a sorted set: by score, then as text. */
function nearestOf({ entries, near, gs }: Scene): Entry[] {
  const sorted = entries.toSorted(
    (a, b) => a.gs - b.gs || inOrder(String(a.charId), String(b.charId)),
  );
  const up = sorted.filter((one) => one.gs >= gs).slice(0, near);
  return [...up, ...sorted.filter((one) => one.gs < gs).slice(-near)];
}

/** The choice of the rule in TypeScript among the nearest. */
function chosenByRule(laid: Scene, request: QueueRequest): number | null {
  const { last, blocked: blockedUserIds } = laid;
  const there = nearestOf(laid)
    .filter(({ state }) => state === 'waits')
    .filter(({ waitedMs }) => waitedMs < shippedRules.requestTtlMs);
  const seeker = { ...request, lastOpponentId: last, blockedUserIds };
  const pool = { seeker, others: there.map(waitingOf) };
  return rankOpponents(shippedRules, pool, nowMs)[0]?.charId ?? null;
}

describeOnEachRedis('join-queue', 1, (redis) => {
  test('claims the opponent that rankOpponents ranks first, or nobody if there is none', async () => {
    const { client } = redis();
    const arena = new ArenaManager({ client, clock: new FixedClock(), log: silentLog });
    // The in-process Redis has its data in the client, and is a fiftieth as fast.
    const isServer = !('data' in client);
    let played = 0;
    const property = fc.asyncProperty(scene, async (laid) => {
      played += 1;
      await lay(redis(), laid);
      const { gs, userId, blocked: blockedUserIds, near } = laid;
      const request = { charId: NEWCOMER, userId, mode: MODE, gs, startTimeMs: nowMs } as const;
      const range = searchRange(shippedRules, request, near);
      const terms: JoinTerms = {
        matchId: 'm',
        range,
        widening: shippedRules.widening,
        blockedUserIds,
      };
      const joined = await arena.addToQueue(request, terms);
      const chosen = joined.kind === 'claimed' ? joined.opponent.charId : null;
      expect(chosen).toBe(chosenByRule(laid, request));
    });
    const numRuns = isServer
      ? repetitions({ short: 250, full: 10_000 })
      : repetitions({ short: 60, full: 500 });
    await fc.assert(property, { seed: 20_261_129, numRuns });
    expect(played).toBe(numRuns);
  }, 300_000);
});
