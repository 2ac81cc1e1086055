import type { Database } from '../../database/database.ts';
import { characters } from '../../database/schema.ts';
import { accountFormat } from '../../domains/account/account-context.ts';
import { versioned } from '../../domains/core/versioned.ts';
import type { Documents } from '../../redis/documents/documents.ts';
import { keys } from '../../redis/keys.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { scanKeys } from '../../tests/support/scan-keys.ts';
import { type Census, takeCensus } from '../../tests/support/multi-bot-arena.ts';
import { type Violation, violation } from './violation.ts';

export interface Stores {
  readonly redis: RedisClient;
  readonly documents: Documents;
  /** null while the embedded database is open elsewhere. */
  readonly db: Database | null;
}

export interface OpenStores extends Stores {
  readonly db: Database;
}

interface SessionView {
  readonly fights: boolean;
  readonly combatId: string | null;
}

interface ArenaReading {
  readonly ids: readonly number[];
  readonly census: Census;
  readonly pending: readonly string[];
  readonly timed: ReadonlySet<string>;
  readonly sessions: ReadonlyMap<number, SessionView>;
}

/** Violations of the arena's invariants, and battles that no timer would end. */
export async function checkArena(stores: Stores): Promise<Violation[]> {
  return violationsIn(await readArena(stores));
}

async function readArena(stores: Stores): Promise<ArenaReading> {
  const { redis } = stores;
  const ids = await characterIds(stores);
  const census = await takeCensus(redis, ids);
  const pending = await redis.zrange(keys.matches(), 0, -1);
  const timed = new Set(await redis.zrange(keys.deadlines(), 0, -1));
  const sessions = new Map<number, SessionView>();
  for (const id of ids) {
    const session = await readSession(stores, id);
    if (session === null) continue;
    const { combat_id: combatId } = session.sessions;
    sessions.set(id, { fights: session.state === 'COMBAT', combatId });
  }
  return { ids, census, pending, timed, sessions };
}

function violationsIn(reading: ArenaReading): Violation[] {
  const { ids, census, pending, timed } = reading;
  const fought = new Set([...census.fighting.values()].flat());
  return [
    ...ids.flatMap((id) => violationsOfOne(reading, id)),
    ...[...census.queued]
      .filter((id) => !ids.includes(id))
      .map((id) => violation('no stale queue entries', `${id} waits and is no character`)),
    ...pending.map((id) => violation('nobody lost', `match ${id} has no battle`)),
    ...[...fought]
      .filter((id) => !timed.has(id))
      .map((id) => violation('every battle ends', `battle ${id} has no deadline`)),
  ];
}

function violationsOfOne(reading: ArenaReading, id: number): Violation[] {
  const { queued, requested, seated, fighting } = reading.census;
  const seat = seated.get(id) ?? null;
  const battles = fighting.get(id) ?? [];
  const found: Violation[] = [];
  const add = (...of: Parameters<typeof violation>) => void found.push(violation(...of));
  if (battles.length > 1) add('in one place at most', `${id} fights in ${battles.length} battles`);
  if (queued.has(id) && seat !== null) add('in one place at most', `${id} waits and is seated`);
  if (queued.has(id) !== requested.has(id))
    add('no stale queue entries', `${id} has a queue entry or a request, not both`);
  if (seat !== null && !battles.includes(seat))
    add('nobody lost', `${id} is seated for a battle that does not exist, or is over`);
  for (const battle of battles.filter((one) => one !== seat))
    add('claimed both or neither', `${id} fights in battle ${battle} without its seat`);
  const mismatch = sessionMismatch(reading.sessions.get(id) ?? null, seat);
  if (mismatch !== null) add('retries harmless', `${id} ${mismatch}`);
  return found;
}

/** A session names the battle in which its character is seated, and no other. */
function sessionMismatch(session: SessionView | null, seat: string | null): string | null {
  if (session === null) return seat === null ? null : `is seated in ${seat} without a session`;
  const says = session.fights ? (session.combatId ?? 'some battle') : session.combatId;
  return says === seat ? null : `is seated in ${String(seat)}, the session says ${String(says)}`;
}

/** Counts of what is left in the arena, empty once all players are idle for long enough. */
export async function remainingInArena({ redis }: Stores): Promise<string[]> {
  const seats = new Set<string>();
  for await (const found of scanKeys(redis, 'seat')) for (const key of found) seats.add(key);
  const counts = {
    waiting: await redis.zcard(keys.queue('1v1')),
    'with a seat': seats.size,
    'battles with a deadline': await redis.zcard(keys.deadlines()),
    'matches without a battle': await redis.zcard(keys.matches()),
  };
  return Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
}

/** All characters; without the database those of whom Redis knows anything. */
export async function characterIds({ db, redis }: Stores): Promise<number[]> {
  if (db !== null)
    return (await db.select({ id: characters.id }).from(characters)).map(({ id }) => id);
  const ids = new Set((await redis.zrange(keys.queue('1v1'), 0, -1)).map(Number));
  for (const kind of ['account', 'request', 'seat'] as const) {
    for await (const found of scanKeys(redis, kind))
      for (const key of found) ids.add(Number(key.split(':').at(-1)));
  }
  return [...ids];
}

export async function readSession({ documents }: Pick<Stores, 'documents'>, charId: number) {
  const reading = await documents.get(keys.account(charId), '$');
  return reading.kind === 'value' ? versioned(accountFormat).parse(reading.value) : null;
}
