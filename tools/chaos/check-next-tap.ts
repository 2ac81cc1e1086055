import { setTimeout as sleep } from 'node:timers/promises';
import { type MessageView, type SandboxPerson, drawChat } from 'telegram-sandbox/testing';
import { eq } from 'drizzle-orm';
import { journeys } from '../../database/schema-journeys.ts';
import { storedBattleSchema } from '../../domains/combat/battle-record.ts';
import { keys } from '../../redis/keys.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { type Stores, readSession } from './check-arena.ts';
import { actionOf } from './simulated-player.ts';

/** Where the keys in Redis say that a player is. */
type ActualPlace =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'fighting'; readonly battleId: string; readonly turn: number };

/** Preferred for the check, because they change little; the mildest first. */
const mildActions = [
  ...['battle.look', 'world.map', 'home', 'arena.menu', 'bag.close', 'bag.page', 'world'],
  ...['character', 'lobby', 'lobby.enter'],
];
/** Telegram accepts no answer to a tap after 15 s. A second attempt, since a busy machine may be late. */
const ANSWER_MS = 15_000;
const ATTEMPTS = 2;
const AGREE_MS = 10_000;

/**
 * Taps, and answers what was wrong: no answer, a screen that Redis contradicts, or after a tap in the world another
 * place in the session than in the database; null if nothing.
 */
export async function checkNextTap(stores: Stores, person: SandboxPerson): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    const done = await tapOnce(person);
    const isOfWorld = done?.startsWith('world') === true;
    const agree = async () =>
      agrees(person.lastScreen(), await placeOf(stores.redis, person.id)) &&
      (!isOfWorld || (await isWhereStored(stores, person.id)));
    if (done !== null && (await holdsInTime(agree))) return null;
    if (attempt < ATTEMPTS) continue;
    const place = JSON.stringify(await placeOf(stores.redis, person.id));
    const tap = done === null ? 'no answer to the tap' : `after ${done}`;
    return `${person.profile.firstName}: ${tap}, is ${place} and sees\n${drawChat(person.chat())}`;
  }
}

/** What was tapped or typed; null if the bot did not answer. */
async function tapOnce(person: SandboxPerson): Promise<string | null> {
  const buttons = person.lastScreen()?.buttons.flat() ?? [];
  const wanted = mildActions.find((action) => buttons.some((one) => actionOf(one) === action));
  const button = buttons.find((one) => actionOf(one) === wanted) ?? buttons[0];
  if (button === undefined) {
    person.say('/menu');
    return '/menu';
  }
  try {
    await person.tap((one) => one.data === button.data).answered(ANSWER_MS);
    return button.data;
  } catch {
    return null;
  }
}

/** Polls, because a turn may end or a wave may run between reading the screen and reading Redis. */
async function holdsInTime(holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + AGREE_MS;
  while (performance.now() < deadline) {
    if (await holds()) return true;
    await sleep(100);
  }
  return false;
}

/** Null: the player has entered no character. */
async function characterOf(redis: RedisClient, userId: number): Promise<number | null> {
  const charId = Number(await redis.hget(keys.player(userId), 'character'));
  return Number.isInteger(charId) && charId !== 0 ? charId : null;
}

/** Whether the session has the place of the database; true also where there is nothing to compare. */
export async function isWhereStored(stores: Stores, userId: number): Promise<boolean> {
  const charId = await characterOf(stores.redis, userId);
  if (charId === null || stores.db === null) return true;
  const { location_id, character_id } = journeys;
  const rows = stores.db.select({ location_id }).from(journeys).where(eq(character_id, charId));
  const [row] = await rows;
  const session = await readSession(stores, charId);
  if (row === undefined || session === null) return true;
  return session.location.current === row.location_id;
}

async function placeOf(redis: RedisClient, userId: number): Promise<ActualPlace> {
  const charId = await characterOf(redis, userId);
  if (charId === null) return { kind: 'nowhere' };
  const seat = await redis.get(keys.seat(charId));
  if (seat === null) {
    const isWaiting = (await redis.exists(keys.request(charId))) === 1;
    return { kind: isWaiting ? 'waiting' : 'nowhere' };
  }
  const state: unknown = JSON.parse((await redis.hget(keys.battle(seat), 'state')) ?? 'null');
  const record = storedBattleSchema.nullable().parse(state);
  return { kind: 'fighting', battleId: seat, turn: record?.battle.turn ?? 0 };
}

function agrees(screen: MessageView | null, place: ActualPlace): boolean {
  const buttons = screen?.buttons.flat() ?? [];
  const actions = new Set(buttons.map(actionOf));
  const moves = buttons.filter((one) => actionOf(one).startsWith('battle.'));
  switch (place.kind) {
    case 'waiting':
      return actions.has('arena.cancel');
    case 'nowhere':
      return buttons.length > 0 && moves.length === 0 && !actions.has('arena.cancel');
    case 'fighting':
      return moves.length > 0 && moves.every((one) => fits(place, one.data?.split('|') ?? []));
  }
}

/** Whether the button is of this battle and, where it names a turn, of this turn. */
function fits(
  { battleId, turn }: Extract<ActualPlace, { kind: 'fighting' }>,
  [action = '', , ofBattle = '', ofTurn = '']: readonly string[],
): boolean {
  const namesTurn = action === 'battle.strike' || action === 'battle.guard';
  return ofBattle === battleId && (!namesTurn || Number(ofTurn) === turn);
}
