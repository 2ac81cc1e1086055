import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KnownUser } from '../../../domains/account/hot-user-store.ts';
import type { ArenaScreenAction } from '../../../domains/arena/arena-screens.ts';
import type { Reply } from '../../../domains/core/reply.ts';
import type { ActionShape } from '../../../domains/core/ui-payload.ts';
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

function act(userId: number, action: ActionShape): Promise<Reply> {
  return crowd.first.router.act(userId, action);
}

/** Such as `search` or `refused battle.notice.not_yours: arena`. */
function summary(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `refused ${reply.notice.key}: ${screen}`;
}

/** Creates a character and surrenders its first fight; answers its id. */
async function enter(userId: number, name: string): Promise<number> {
  const { router, players, sessions, combat } = crowd.first;
  const { language, lastName, username } = { language: null, lastName: null, username: null };
  await router.registerUser({ userId, firstName: name, language, lastName, username });
  await act(userId, { action: 'lobby.new' });
  await router.handleText(userId, { asks: 'name', typed: name });
  await act(userId, { action: 'onboarding.gender', value: 'female' });
  await act(userId, { action: 'onboarding.archetype', value: 'warrior' });
  expect(summary(await act(userId, { action: 'onboarding.confirm' }))).toBe('story');
  expect(summary(await act(userId, { action: 'story.skip', value: 1 }))).toBe('battle');
  const charId = (await players.getActiveCharacter(userId)) ?? 0;
  const place = await sessions.getQueueStatus(charId);
  if (place.kind === 'seated') await combat.surrender(charId, place.battleId);
  return charId;
}

/** Archives a battle of this character; answers the action that shows its replay. */
async function fought(userId: number, charId: number): Promise<ArenaScreenAction> {
  const battle = archivedBattle(1);
  const [own, opponent] = battle.sides;
  const sides: typeof battle.sides = [
    { ...own, userId, charId },
    { ...opponent, userId: 99, charId: 99 },
  ];
  await crowd.repositories.battles.store({ ...battle, sides });
  return { action: 'history.replay', value: { battleId: battle.id, step: 1, place: 1 } };
}

describe('the history action', () => {
  test('shows history and replay', async () => {
    const replay = await fought(ANN, await enter(ANN, 'Ann'));
    expect(summary(await act(ANN, history))).toBe('history');
    expect(summary(await act(ANN, replay))).toBe('replay');
  });

  test('leads a user without a character to the lobby', async () => {
    expect(summary(await act(ANN, history))).toBe('refused arena.notice.no_character: lobby');
  });

  test('is refused during onboarding', async () => {
    await act(ANN, { action: 'lobby.new' });
    expect(summary(await act(ANN, history))).toMatch(/^refused arena\.notice\.no_character: /);
  });

  test('does not end a search', async () => {
    await enter(ANN, 'Ann');
    await act(ANN, { action: 'arena.join', mode: '1v1' });
    expect(summary(await act(ANN, history))).toBe('history');
    expect(summary(await act(ANN, { action: 'home' }))).toBe('search');
  });

  test('does not end a running duel', async () => {
    await enter(ANN, 'Ann');
    await enter(BOB, 'Bob');
    for (const userId of [ANN, BOB]) await act(userId, { action: 'arena.join', mode: '1v1' });
    const reply = await act(ANN, history);
    expect(summary(reply)).toBe('history');
    // Without a state the next battle screen replaces it.
    expect(reply.kind === 'shown' && reply.payload.state).toBeUndefined();
    expect(summary(await act(ANN, { action: 'home' }))).toBe('battle');
  });
});

test('a tap that does not need the player succeeds while the player cannot be read', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const player = Promise.reject<KnownUser>(new Error('Redis is unavailable'));
  player.catch(() => undefined);
  const known = { player, battle: null, character: null };
  expect(summary(await crowd.first.router.act(ANN, { action: 'help' }, known))).toBe('help');
  await expect(crowd.first.router.act(ANN, { action: 'home' }, known)).rejects.toThrow(
    'unavailable',
  );
  await setImmediate();
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

test.each(['battle.look', 'battle.surrender_confirmed'] as const)(
  '%s of a battle that Redis has lost says that it is gone',
  async (action) => {
    await enter(ANN, 'Ann');
    const reply = await act(ANN, { action, value: { battleId: 'gone12345678' } });
    expect(summary(reply)).toBe('refused battle.notice.gone: arena');
  },
);

describe('a replay that the user may not see', () => {
  test('is refused with their current screen', async () => {
    const replay = await fought(ANN, await enter(ANN, 'Ann'));
    await enter(BOB, 'Bob');
    expect(summary(await act(BOB, replay))).toBe('refused battle.notice.not_yours: arena');
    await act(BOB, { action: 'arena.join', mode: '1v1' });
    expect(summary(await act(BOB, replay))).toBe('refused battle.notice.not_yours: search');
  });

  test('is refused as unknown if there is no such battle', async () => {
    await enter(ANN, 'Ann');
    const value = { battleId: 'nothere', step: 1, place: 1 };
    expect(summary(await act(ANN, { action: 'history.replay', value }))).toBe(
      'refused history.notice.unknown: arena',
    );
  });
});
