import type { Database } from '../../database/database.ts';
import { characters } from '../../database/schema.ts';
import { accountFormat } from '../../domains/account/account-context.ts';
import { versioned } from '../../domains/core/versioned.ts';
import type { Documents } from '../../redis/documents/documents.ts';
import { keys } from '../../redis/keys.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { scanKeys } from '../../redis/scan-keys.ts';
import { type Census, takeCensus } from '../../tests/support/multi-bot-arena.ts';
import { type Violation, violation } from './violation.ts';

export interface Stores {
  readonly redis: RedisClient;
  readonly documents: Documents;
  readonly db: Database;
}

/** What a live session says of its character's battle. */
export interface SessionView {
  readonly fights: boolean;
  readonly combatId: string | null;
}

/** Where everybody is, by the keys themselves. */
export interface ArenaReading {
  readonly ids: readonly number[];
  readonly census: Census;
  /** Matches that are claimed, and no battle yet. */
  readonly pending: readonly string[];
  /** Battles that somebody will look at when their time comes. */
  readonly onTheClock: ReadonlySet<string>;
  readonly sessions: ReadonlyMap<number, SessionView>;
}

/** Whatever is against the arena's invariants, and battles that nobody would end. */
export async function checkArena(stores: Stores): Promise<Violation[]> {
  return violationsIn(await readArena(stores));
}

export async function readArena(stores: Stores): Promise<ArenaReading> {
  const { redis } = stores;
  const ids = await characterIds(stores);
  const census = await takeCensus(redis, ids);
  const pending = await redis.zrange(keys.matches(), 0, -1);
  const onTheClock = new Set(await redis.zrange(keys.deadlines(), 0, -1));
  const sessions = new Map<number, SessionView>();
  for (const id of ids) {
    const session = await readSession(stores, id);
    if (session === null) continue;
    const { combat_id: combatId } = session.sessions;
    sessions.set(id, { fights: session.state === 'COMBAT', combatId });
  }
  return { ids, census, pending, onTheClock, sessions };
}

export function violationsIn(picture: ArenaReading): Violation[] {
  const { ids, census, pending, onTheClock } = picture;
  const fought = new Set([...census.fighting.values()].flat());
  return [
    ...ids.flatMap((id) => violationsOfOne(picture, id)),
    ...[...census.queued]
      .filter((id) => !ids.includes(id))
      .map((id) => violation('no ghosts', `${id} waits, and nobody knows him`)),
    ...pending.map((id) => violation('nobody lost', `match ${id} has no battle`)),
    ...[...fought]
      .filter((id) => !onTheClock.has(id))
      .map((id) => violation('every battle ends', `nobody would end battle ${id}`)),
  ];
}

function violationsOfOne(picture: ArenaReading, id: number): Violation[] {
  const { queued, requested, seated, fighting } = picture.census;
  const seat = seated.get(id) ?? null;
  const battles = fighting.get(id) ?? [];
  const found: Violation[] = [];
  const note = (...of: Parameters<typeof violation>) => void found.push(violation(...of));
  if (battles.length > 1) note('in one place at most', `${id} fights in ${battles.length} battles`);
  if (queued.has(id) && seat !== null) note('in one place at most', `${id} waits and is seated`);
  if (queued.has(id) !== requested.has(id)) note('no ghosts', `${id} is a ghost of the queue`);
  if (seat !== null && !battles.includes(seat))
    note('nobody lost', `${id} is seated for a battle that does not exist, or is over`);
  for (const battle of battles.filter((one) => one !== seat))
    note('claimed both or neither', `${id} fights in battle ${battle} without its seat`);
  const said = sessionMismatch(picture.sessions.get(id) ?? null, seat);
  if (said !== null) note('repeated without harm', `${id} ${said}`);
  return found;
}

/** A session tells of the battle that holds the character, and of none where none does. */
function sessionMismatch(session: SessionView | null, seat: string | null): string | null {
  if (session === null) return seat === null ? null : `sits in ${seat} without a session`;
  const says = session.fights ? (session.combatId ?? 'some battle') : session.combatId;
  return says === seat ? null : `sits in ${String(seat)}, his session says ${String(says)}`;
}

/** Who is still in the arena, once everybody has fallen silent. */
export async function remainingInArena({ redis }: Stores): Promise<string[]> {
  const seats = new Set<string>();
  for await (const found of scanKeys(redis, 'seat')) for (const key of found) seats.add(key);
  const counts = {
    waiting: await redis.zcard(keys.queue('1v1')),
    'with a seat': seats.size,
    'battles on the clock': await redis.zcard(keys.deadlines()),
    'matches without a battle': await redis.zcard(keys.matches()),
  };
  return Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
}

export async function characterIds({ db }: Pick<Stores, 'db'>): Promise<number[]> {
  return (await db.select({ id: characters.id }).from(characters)).map(({ id }) => id);
}

export async function readSession({ documents }: Pick<Stores, 'documents'>, charId: number) {
  const reading = await documents.get(keys.account(charId), '$');
  return reading.kind === 'value' ? versioned(accountFormat).parse(reading.value) : null;
}
