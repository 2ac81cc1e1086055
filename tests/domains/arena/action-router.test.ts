import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KnownUser } from '../../../domains/account/hot-user-store.ts';
import type { ArenaScreenAction } from '../../../domains/arena/arena-screens.ts';
import type { Reply } from '../../../domains/core/reply.ts';
import { archivedBattle } from '../../support/archived-battles.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 0 });
});
afterEach(() => crowd.close());

const [ANN, BOB] = [11, 12];
const history: ArenaScreenAction = { action: 'history' };

function act(userId: number, action: ArenaScreenAction): Promise<Reply> {
  return crowd.first.router.act(userId, action);
}

/** What a reply shows, in a word: `search`, `refused battle.notice.not_yours: arena`. */
function told(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `refused ${reply.notice.key}: ${screen}`;
}

/** Makes a character; answers its id. */
async function enter(userId: number, name: string): Promise<number> {
  const { router, players } = crowd.first;
  const { language, lastName, username } = { language: null, lastName: null, username: null };
  await router.registerUser({ userId, firstName: name, language, lastName, username });
  await act(userId, { action: 'lobby.new' });
  await router.handleText(userId, { asks: 'name', typed: name });
  await act(userId, { action: 'onboarding.gender', value: 'female' });
  await act(userId, { action: 'onboarding.archetype', value: 'warrior' });
  expect(told(await act(userId, { action: 'onboarding.confirm' }))).toBe('arena');
  return (await players.getActiveCharacter(userId)) ?? 0;
}

/** A battle that this character has fought, ready to be seen again. */
async function fought(userId: number, charId: number): Promise<ArenaScreenAction> {
  const battle = archivedBattle(1);
  const [own, foe] = battle.sides;
  const sides: typeof battle.sides = [
    { ...own, userId, charId },
    { ...foe, userId: 99, charId: 99 },
  ];
  await crowd.repositories.battles.store({ ...battle, sides });
  return { action: 'history.replay', value: { battleId: battle.id, step: 1, place: 1 } };
}

describe('whoever asks for his history', () => {
  test('gets it', async () => {
    const replay = await fought(ANN, await enter(ANN, 'Ann'));
    expect(told(await act(ANN, history))).toBe('history');
    expect(told(await act(ANN, replay))).toBe('replay');
  });

  test('without a character is led to where one is made', async () => {
    expect(told(await act(ANN, history))).toBe('refused arena.notice.no_character: lobby');
  });

  test('in the midst of onboarding is led back to it', async () => {
    await act(ANN, { action: 'lobby.new' });
    expect(told(await act(ANN, history))).toMatch(/^refused arena\.notice\.no_character: /);
  });

  test('while he searches goes on searching', async () => {
    await enter(ANN, 'Ann');
    await act(ANN, { action: 'arena.join', mode: '1v1' });
    expect(told(await act(ANN, history))).toBe('history');
    expect(told(await act(ANN, { action: 'home' }))).toBe('search');
  });

  test('in the midst of a duel gets it, and the duel goes on', async () => {
    await enter(ANN, 'Ann');
    await enter(BOB, 'Bob');
    for (const userId of [ANN, BOB]) await act(userId, { action: 'arena.join', mode: '1v1' });
    const reply = await act(ANN, history);
    expect(told(reply)).toBe('history');
    // Nothing that says it were the battle's screen: the next exchange takes its place.
    expect(reply.kind === 'shown' && reply.payload.state).toBeUndefined();
    expect(told(await act(ANN, { action: 'home' }))).toBe('battle');
  });
});

test('a tap that does not need the player is no worse off where he cannot be read', async () => {
  const unheard: unknown[] = [];
  const note = (error: unknown) => unheard.push(error);
  process.on('unhandledRejection', note);
  const player = Promise.reject<KnownUser>(new Error('Redis is away'));
  player.catch(() => undefined);
  const known = { player, battle: null, character: null };
  expect(told(await crowd.first.router.act(ANN, { action: 'help' }, known))).toBe('help');
  await expect(crowd.first.router.act(ANN, { action: 'home' }, known)).rejects.toThrow('away');
  await setImmediate();
  process.off('unhandledRejection', note);
  expect(unheard).toEqual([]);
});

describe('whoever taps what he has no right to', () => {
  test('is told so, where he really is', async () => {
    const replay = await fought(ANN, await enter(ANN, 'Ann'));
    await enter(BOB, 'Bob');
    expect(told(await act(BOB, replay))).toBe('refused battle.notice.not_yours: arena');
    await act(BOB, { action: 'arena.join', mode: '1v1' });
    expect(told(await act(BOB, replay))).toBe('refused battle.notice.not_yours: search');
  });

  test('learns of an unknown battle that nobody knows it', async () => {
    await enter(ANN, 'Ann');
    const value = { battleId: 'nothere', step: 1, place: 1 };
    expect(told(await act(ANN, { action: 'history.replay', value }))).toBe(
      'refused history.notice.unknown: arena',
    );
  });
});
