import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Match, QueueRequest } from '../../../domains/arena/arena-store.ts';
import { silentLog } from '../../support/silent-log.ts';
import { keys } from '../../../redis/keys.ts';
import { ArenaManager } from '../../../redis/managers/arena-manager.ts';
import { freeSeat } from '../../../redis/scripts/free-seat.ts';
import { enqueue, returnMatch, sweep } from '../../support/arena-steps.ts';
import { FixedClock } from '../../support/clock.ts';
import {
  type ArenaSnapshot,
  violationsIn,
  sidesOf,
  snapshotOf,
} from '../../support/arena-snapshot.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';
import { repetitions } from '../../support/repetitions.ts';

const MODE = '1v1';
const TTL_MS = 300_000;
const PROCESSES = 4;
const everybody = Array.from({ length: 10 }, (_, index) => index + 1);

/** One step of one process, delayed by `turns` steps of the others. */
interface Step {
  readonly act: 'join' | 'leave' | 'pair' | 'shadow' | 'stale' | 'delete' | 'return' | 'end';
  readonly charId: number;
  readonly process: number;
  readonly turns: number;
}

/** Requests expire by the clock or by Redis, noticed by a process or not. */
type Burst =
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  | { readonly kind: 'later'; readonly ms: number }
  | { readonly kind: 'redis_drops'; readonly charId: number }
  | { readonly kind: 'sweep' };

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(
    'join',
    'join',
    'leave',
    'pair',
    'pair',
    'shadow',
    'stale',
    'delete',
    'return',
    'end',
  ),
  charId: fc.constantFrom(...everybody),
  process: fc.nat(PROCESSES - 1),
  turns: fc.nat(6),
});
const steps = fc
  .array(step, { minLength: 4, maxLength: 16 })
  .map((list): Burst => ({ kind: 'steps', steps: list }));
const timeless = fc.array(steps, { minLength: 2, maxLength: 8 });
const timely = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: steps },
    fc.record({ kind: fc.constant('later' as const), ms: fc.constantFrom(1, 40_000, TTL_MS) }),
    fc.record({
      kind: fc.constant('redis_drops' as const),
      charId: fc.constantFrom(...everybody),
    }),
    fc.constant<Burst>({ kind: 'sweep' }),
  ),
  { minLength: 4, maxLength: 12 },
);
const runs = { seed: 20_260_101, numRuns: repetitions({ short: 4, full: 25 }) };

describeOnEachRedis('the arena with several processes', PROCESSES, (redis) => {
  let clock: FixedClock;
  let arenas: ArenaManager[];
  let matchCount: number;
  let requestCount: number;
  /** Joins minus leaves of each character, counted from the replies. */
  let balance: Map<number, number>;
  /** Requests read earlier, for decisions that come too late. */
  let remembered: Map<number, QueueRequest>;

  async function reset(): Promise<void> {
    const { client, clients } = redis();
    await client.flushall();
    clock = new FixedClock();
    arenas = clients.map((each) => new ArenaManager({ client: each, clock, log: silentLog }));
    matchCount = 0;
    requestCount = 0;
    balance = new Map(everybody.map((charId) => [charId, 0]));
    remembered = new Map();
  }
  beforeEach(reset);

  function arenaOf(process: number): ArenaManager {
    const arena = arenas[process % arenas.length];
    if (arena === undefined) throw new Error('There is no such process');
    return arena;
  }

  function requestOf(charId: number): QueueRequest {
    return { charId, userId: charId, mode: MODE, gs: 90 + charId, startTimeMs: clock.now() };
  }

  /** No two are equal: an equal request would be a repeated call. */
  function anotherOf(charId: number): QueueRequest {
    requestCount += 1;
    return { ...requestOf(charId), gs: 90 + charId + requestCount / 10_000 };
  }

  function matchOf(seeker: QueueRequest, opponent: QueueRequest | null): Match {
    matchCount += 1;
    const side = ({ charId, userId, mode, gs, startTimeMs }: QueueRequest) => ({
      charId,
      userId,
      mode,
      gs,
      startTimeMs,
    });
    return {
      id: `m${matchCount}`,
      mode: MODE,
      seeker: side(seeker),
      opponent: opponent === null ? null : side(opponent),
      claimedAtMs: clock.now(),
    };
  }

  function count(charId: number, by: number): void {
    balance.set(charId, (balance.get(charId) ?? 0) + by);
  }

  async function pair(arena: ArenaManager, charId: number): Promise<void> {
    const waiting = await arena.getOldest(MODE, 50);
    for (const one of waiting) remembered.set(one.charId, one);
    const seeker = waiting.find((one) => one.charId === charId);
    const opponent = waiting.find((one) => one.charId !== charId);
    if (seeker === undefined || opponent === undefined) return;
    await arena.claimMatch(matchOf(seeker, opponent));
  }

  /** The requests read earlier may be outdated, which the claim must detect. */
  async function claimFromMemory(arena: ArenaManager, charId: number): Promise<void> {
    const seeker = remembered.get(charId);
    const opponent = [...remembered.values()].find((one) => one.charId !== charId);
    if (seeker === undefined || opponent === undefined) return;
    await arena.claimMatch(matchOf(opponent, seeker));
  }

  async function onPending(arena: ArenaManager, end: (match: Match) => Promise<void>) {
    const [match] = await arena.getPendingMatches(clock.now());
    if (match !== undefined) await end(match);
  }

  async function endBattle(process: number, charId: number): Promise<void> {
    const arena = arenaOf(process);
    const client = redis().clients[process];
    const place = await arena.getPlace(charId);
    const pending = await arena.getPendingMatches(Number.MAX_SAFE_INTEGER);
    if (client === undefined || place.kind !== 'seated') return;
    if (pending.some(({ id }) => id === place.battleId)) return;
    if ((await freeSeat(client, charId, place.battleId)) === 'freed') count(charId, -1);
  }

  async function take({ act, charId, process, turns }: Step): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    const arena = arenaOf(process);
    switch (act) {
      case 'join':
        if ((await enqueue(arena, anotherOf(charId))) === 'queued') count(charId, 1);
        return;
      case 'leave':
        if ((await arena.removeFromQueue(charId, MODE)) === 'left') count(charId, -1);
        return;
      case 'pair':
        return pair(arena, charId);
      case 'shadow': {
        const [seeker] = await arena.getWaiting([charId]);
        if (seeker !== undefined) await arena.claimMatch(matchOf(seeker, null));
        return;
      }
      case 'stale':
        return claimFromMemory(arena, charId);
      case 'delete':
        return onPending(arena, (match) => arena.deleteMatch(match.id));
      case 'return':
        return onPending(arena, (match) =>
          returnMatch(
            arena,
            match,
            sidesOf(match).map((side) => side.charId),
          ),
        );
      case 'end':
        return endBattle(process, charId);
    }
  }

  async function play(burst: Burst): Promise<void> {
    switch (burst.kind) {
      case 'steps':
        clock.advance(1);
        await Promise.all(burst.steps.map(take));
        return;
      case 'later':
        clock.advance(burst.ms);
        return;
      case 'redis_drops':
        await redis().client.del(keys.request(burst.charId));
        return;
      case 'sweep':
        await Promise.all(arenas.map((arena) => sweep(arena, MODE, clock.now())));
    }
  }

  async function look(charIds: readonly number[] = everybody): Promise<ArenaSnapshot> {
    return snapshotOf({ client: redis().client, arena: arenaOf(0) }, charIds);
  }

  function inside(snapshot: ArenaSnapshot): number[] {
    const { waiting, seats } = snapshot;
    return everybody.filter((charId) => waiting.has(charId) || seats.has(charId));
  }

  test('no character is in two places or lost under concurrent operations', async () => {
    const property = fc.asyncProperty(timeless, async (bursts) => {
      await reset();
      for (const burst of bursts) {
        await play(burst);
        const snapshot = await look();
        expect(violationsIn(snapshot)).toEqual([]);
        const expected = everybody.map((charId) => [charId, balance.get(charId)]);
        const found = everybody.map((charId) => [
          charId,
          Number(inside(snapshot).includes(charId)),
        ]);
        expect(found).toEqual(expected);
      }
    });
    await fc.assert(property, runs);
  });

  test('an entry without a request is never matched and is removed in time', async () => {
    const property = fc.asyncProperty(timely, async (bursts) => {
      await reset();
      for (const burst of bursts) {
        await play(burst);
        const before = await look();
        expect(violationsIn(before)).toEqual([]);
        expect(await matchedGhosts(before)).toEqual([]);
      }
      expect(await leftWhenAllIsOver()).toEqual({
        queue: 0,
        waits: 0,
        requests: 0,
        matches: 0,
        hashes: 0,
      });
    });
    await fc.assert(property, runs);
  });

  /** Tries to claim every character with a queue entry but no request. */
  async function matchedGhosts({ queued, waiting }: ArenaSnapshot): Promise<number[]> {
    const matched: number[] = [];
    for (const charId of [...queued].filter((each) => !waiting.has(each))) {
      const began = await redis().client.zscore(keys.since(MODE), String(charId));
      const ghost = { ...requestOf(charId), startTimeMs: Number(began) };
      const reply = await arenaOf(1).claimMatch(matchOf(ghost, null));
      if (reply !== 'seeker_gone') matched.push(charId);
    }
    return matched;
  }

  async function leftWhenAllIsOver() {
    const { client } = redis();
    clock.advance(TTL_MS);
    for (const match of await arenaOf(0).getPendingMatches(clock.now())) {
      await returnMatch(
        arenaOf(0),
        match,
        sidesOf(match).map((side) => side.charId),
      );
    }
    await sweep(arenaOf(0), MODE, clock.now());
    return {
      queue: await arenaOf(0).queueSize(MODE),
      waits: await client.zcard(keys.since(MODE)),
      requests: await client.exists(...everybody.map((charId) => keys.request(charId))),
      matches: await client.zcard(keys.matches()),
      hashes: await client.exists(keys.match('none'), ...allMatches()),
    };
  }

  function allMatches(): string[] {
    return Array.from({ length: matchCount }, (_, index) => keys.match(`m${index + 1}`));
  }

  test('500 concurrent joins and claims leave each character in one place and two in each match', async () => {
    const crowd = Array.from({ length: 500 }, (_, index) => index + 1);
    await Promise.all(
      crowd.map(async (charId) => {
        const arena = arenaOf(charId);
        await enqueue(arena, requestOf(charId));
        const range = { minGs: 0, maxGs: 10_000, aroundGs: 90 + charId, limit: 4 };
        const near = await arena.getCandidates(MODE, range);
        const others = near.map((one) => one.charId).filter((each) => each !== charId);
        const [seeker, ...opponents] = await arena.getWaiting([charId, ...others]);
        for (const opponent of seeker?.charId === charId ? opponents : []) {
          if ((await arena.claimMatch(matchOf(seeker ?? opponent, opponent))) === 'claimed') return;
        }
      }),
    );
    const snapshot = await look(crowd);
    expect(violationsIn(snapshot)).toEqual([]);
    const matched = snapshot.pending.flatMap(sidesOf).map(({ charId }) => charId);
    expect(new Set(matched).size).toBe(matched.length);
    expect(matched.length).toBe(snapshot.seats.size);
    expect(matched.length + snapshot.waiting.size).toBe(crowd.length);
    // How many claims come too late varies; most must succeed.
    expect(matched.length).toBeGreaterThan(crowd.length / 2);
  });
});
