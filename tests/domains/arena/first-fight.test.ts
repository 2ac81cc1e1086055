import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { levelOfShadow } from '../../../domains/combat/shadow.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import type { Reply } from '../../../domains/core/reply.ts';
import type { ActionShape } from '../../../domains/core/ui-payload.ts';
import { finishedSession } from '../../support/finished-session.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 0 });
});
afterEach(() => crowd.close());

const ANN = 11;

function act(action: ActionShape): Promise<Reply> {
  return crowd.first.router.act(ANN, action);
}

/** Up to the confirmation; answers the character's id. */
async function answerAll(name: string): Promise<number> {
  const { router, players } = crowd.first;
  await act({ action: 'lobby.new' });
  await router.handleText(ANN, { asks: 'name', typed: name });
  await act({ action: 'onboarding.gender', value: 'female' });
  await act({ action: 'onboarding.archetype', value: 'warrior' });
  return (await players.getActiveCharacter(ANN)) ?? 0;
}

/** And straight to the arena: the first screen of the first story has this number. */
async function confirm(): Promise<Reply> {
  await act({ action: 'onboarding.confirm' });
  return act({ action: 'story.skip', value: 1 });
}

async function leaveFight(charId: number): Promise<void> {
  const place = await crowd.first.sessions.getQueueStatus(charId);
  if (place.kind === 'seated') await crowd.first.combat.surrender(charId, place.battleId);
}

/** Such as `shown: arena`. */
function summary({ kind, payload }: Reply): string {
  return `${kind}: ${payload.screen}`;
}

const warnings = () => crowd.log.lines.filter(({ level }) => level !== 'info');

describe('the confirmation of a new character', () => {
  test('starts a training fight against the novice', async () => {
    const charId = await answerAll('Ann');
    expect(summary(await confirm())).toBe('shown: battle');
    const place = await crowd.first.sessions.getQueueStatus(charId);
    const battle = place.kind === 'seated' ? await crowd.first.combat.find(place.battleId) : null;
    expect(battle?.sides.map((side) => side.charId)).toEqual([charId, null]);
    expect(battle && levelOfShadow(battle.sheets[1])).toBe('novice');
    expect(warnings()).toEqual([]);
  });

  test('leads into the first story, and tapped again shows it', async () => {
    const charId = await answerAll('Ann');
    const confirmed = () => act({ action: 'onboarding.confirm' });
    expect(summary(await confirmed())).toBe('shown: story');
    expect((await confirmed()).payload.screen).toBe('story');
    const { state, sessions } = (await crowd.first.accounts.getFullAccount(charId)) ?? {};
    expect([state, sessions?.scenario_id]).toEqual(['SCENARIO', 'prologue:1']);
  });

  test('starts the fight at once if the story cannot begin by an outage', async () => {
    await answerAll('Ann');
    vi.spyOn(crowd.repositories.journeys, 'read').mockRejectedValue(new OutageError('away'));
    expect(summary(await act({ action: 'onboarding.confirm' }))).toBe('shown: battle');
    expect(warnings()).toEqual([]);
  });

  test('tapped again shows the same fight', async () => {
    const charId = await answerAll('Ann');
    await confirm();
    const before = await crowd.first.sessions.getQueueStatus(charId);
    expect((await confirm()).payload.screen).toBe('battle');
    expect(await crowd.first.sessions.getQueueStatus(charId)).toEqual(before);
  });

  test.each([
    ['has no session', { kind: 'not_ready' }],
    ['is in a fight', { kind: 'seated' }],
    ['is in the queue', { kind: 'already_queued' }],
  ] as const)('shows the menu if the character %s for the arena', async (_, refusal) => {
    await answerAll('Ann');
    vi.spyOn(crowd.first.sessions, 'startTraining').mockResolvedValue(refusal);
    expect(summary(await confirm())).toBe('shown: arena');
  });

  test('shows the menu and logs a warning if the fight cannot be started by an outage', async () => {
    await answerAll('Ann');
    vi.spyOn(crowd.first.sessions, 'startTraining').mockRejectedValue(new OutageError('away'));
    expect(summary(await confirm())).toBe('shown: arena');
    expect(warnings().map(({ message }) => message)).toEqual(['first fight not started']);
  });

  test('starts the fight while the battles of the character cannot be counted', async () => {
    await answerAll('Ann');
    vi.spyOn(crowd.repositories.battles, 'countOf').mockRejectedValue(new OutageError('away'));
    expect(summary(await confirm())).toBe('shown: battle');
  });

  test.each([
    ['searches', (charId: number) => crowd.first.arena.joinQueue(charId, '1v1')],
    ['fights', (charId: number) => crowd.first.arena.train(charId, '1v1', 'novice')],
  ] as const)('shows the menu if another character of the user %s', async (_, occupy) => {
    const first = await answerAll('Ann');
    await confirm();
    await leaveFight(first);
    const second = await answerAll('Bea');
    expect(second).not.toBe(first);
    await crowd.first.accounts.createAccount(first, finishedSession(first, ANN));
    await occupy(first);
    expect(summary(await confirm())).toBe('shown: arena');
    expect(await crowd.first.sessions.getQueueStatus(second)).toEqual({ kind: 'nowhere' });
  });
});
