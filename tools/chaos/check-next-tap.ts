import type { RedisClient } from '../../redis/redis-client.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MessageView, type SandboxPerson, drawChat } from 'telegram-sandbox/testing';
import { battleRecordSchema } from '../../domains/combat/battle-record.ts';
import { keys } from '../../redis/keys.ts';
import { actionOf } from './simulated-player.ts';

/** Where the raw keys have a player. */
type ActualPlace =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'fighting'; readonly battleId: string; readonly turn: number };

/** Taps that change as little as can be, the mildest first. */
const mild = [
  'battle.look',
  'arena.check',
  'home',
  'arena.menu',
  'arena.mode',
  'lobby',
  'lobby.enter',
];
/** Telegram takes no answer after 15 s. A busy machine may make us late once; a dead end stays one. */
const ANSWER_MS = 15_000;
const TRIES = 2;
const ACCORD_MS = 10_000;

/** Taps and answers what was wrong with what came of it; null if nothing was. */
export async function checkNextTap(
  redis: RedisClient,
  person: SandboxPerson,
): Promise<string | null> {
  for (let tries = 1; ; tries += 1) {
    const done = await tapOnce(person);
    const isAnswered = done !== null;
    if (isAnswered && (await agreesInTime(redis, person))) return null;
    if (tries < TRIES) continue;
    const place = JSON.stringify(await placeOf(redis, person.id));
    const what = isAnswered ? `after ${done}` : 'without an answer';
    return `${person.profile.firstName}: is ${place} ${what} and sees\n${drawChat(person.chat())}`;
  }
}

/** What was done; null if nobody answered. */
async function tapOnce(person: SandboxPerson): Promise<string | null> {
  const buttons = person.lastScreen()?.buttons.flat() ?? [];
  const wanted = mild.find((action) => buttons.some((one) => actionOf(one) === action));
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

/** Places change while one looks: a turn ends, a wave comes. */
async function agreesInTime(redis: RedisClient, person: SandboxPerson): Promise<boolean> {
  const untilMs = performance.now() + ACCORD_MS;
  while (performance.now() < untilMs) {
    if (agrees(person.lastScreen(), await placeOf(redis, person.id))) return true;
    await sleep(100);
  }
  return false;
}

async function placeOf(redis: RedisClient, userId: number): Promise<ActualPlace> {
  const charId = Number(await redis.hget(keys.player(userId), 'character'));
  if (!Number.isInteger(charId) || charId === 0) return { kind: 'nowhere' };
  const seat = await redis.get(keys.seat(charId));
  if (seat === null) {
    const waits = (await redis.exists(keys.request(charId))) === 1;
    return { kind: waits ? 'waiting' : 'nowhere' };
  }
  const state: unknown = JSON.parse((await redis.hget(keys.battle(seat), 'state')) ?? 'null');
  const record = battleRecordSchema.nullable().parse(state);
  return { kind: 'fighting', battleId: seat, turn: record?.battle.turn ?? 0 };
}

function agrees(screen: MessageView | null, place: ActualPlace): boolean {
  const buttons = screen?.buttons.flat() ?? [];
  const actions = new Set(buttons.map(actionOf));
  const fights = buttons.filter((one) => actionOf(one).startsWith('battle.'));
  switch (place.kind) {
    case 'waiting':
      return actions.has('arena.cancel');
    case 'nowhere':
      return buttons.length > 0 && fights.length === 0 && !actions.has('arena.cancel');
    case 'fighting':
      return fights.length > 0 && fights.every((one) => isOf(place, one.data?.split('|') ?? []));
  }
}

/** Of this battle, and where it names a turn, of this turn. */
function isOf(
  { battleId, turn }: Extract<ActualPlace, { kind: 'fighting' }>,
  [action = '', , ofBattle = '', ofTurn = '']: readonly string[],
): boolean {
  const namesTurn = action === 'battle.strike' || action === 'battle.guard';
  return ofBattle === battleId && (!namesTurn || Number(ofTurn) === turn);
}
