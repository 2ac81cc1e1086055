import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../../domains/core/reply.ts';
import { DuelService } from '../../../domains/arena/duel-service.ts';
import { keys } from '../../../redis/keys.ts';
import { finishedSession } from '../../support/finished-session.ts';
import { listeners, noStandings } from '../../support/unobserved.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';
import { openBlockList } from '../../support/open-block-list.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

const OWNER = 10_001;
const OTHER = 77;

/** Character 1 belongs to `OWNER`; another user has played a character of the same number. */
let crowd: Crowd;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 3 });
});
afterEach(() => crowd.close());

const playedBy = async (userId: number) => {
  await crowd.first.accounts.deleteAccount(1);
  await crowd.first.accounts.createAccount(1, finishedSession(1, userId));
};

/** The other user's duel against character 2. */
async function duelOfOther(): Promise<string> {
  const { arena } = crowd.first;
  await playedBy(OTHER);
  await arena.joinQueue(1, '1v1');
  await arena.joinQueue(2, '1v1');
  await playedBy(OWNER);
  return (await crowd.client.get(keys.seat(1))) ?? '';
}

/** The other user's match against character 2, before its battle exists. */
async function matchOfOther(): Promise<string> {
  const { sessions } = crowd.first;
  await playedBy(OTHER);
  await sessions.joinQueue(1, '1v1');
  await sessions.joinQueue(2, '1v1');
  await playedBy(OWNER);
  return (await crowd.client.get(keys.seat(1))) ?? '';
}

async function requestOfOther(): Promise<string> {
  await playedBy(OTHER);
  await crowd.first.sessions.joinQueue(1, '1v1');
  await playedBy(OWNER);
  crowd.clock.advance(1_000);
  return '';
}

const remains = [
  ['seat in another user’s battle', duelOfOther],
  ['seat in another user’s match', matchOfOther],
  ['request of another user', requestOfOther],
] as const;

function summary(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `refused ${reply.notice.key}: ${screen}`;
}

describe.each(remains)('a character whose number has a %s', (_, leave) => {
  test('is nowhere for its user, whether the user is named or taken from the session', async () => {
    await leave();
    const { sessions } = crowd.first;
    expect(await sessions.getQueueStatus(1)).toEqual({ kind: 'nowhere' });
    expect(await sessions.getQueueStatus(1, OWNER)).toEqual({ kind: 'nowhere' });
    expect(await sessions.getQueueStatus(1, OTHER)).not.toEqual({ kind: 'nowhere' });
    expect(await sessions.isBusy(1)).toBe(false);
  });

  test('sees the menus, and reading them changes nothing', async () => {
    await leave();
    const before = [
      await crowd.client.get(keys.seat(1)),
      await crowd.client.exists(keys.request(1)),
    ];
    const { arena, router } = crowd.first;
    expect((await router.screenOf(1)).screen).toBe('arena');
    expect(summary(await arena.getModeMenu(1, '1v1'))).toBe('mode');
    expect(summary(await arena.checkMatch(1, '1v1', { userId: OWNER }))).toBe(
      'refused arena.notice.not_queued: arena',
    );
    const after = [
      await crowd.client.get(keys.seat(1)),
      await crowd.client.exists(keys.request(1)),
    ];
    expect(after).toEqual(before);
  });

  test('has no match that it is too late to cancel', async () => {
    await leave();
    const reply = await crowd.first.arena.cancelQueue(1, '1v1');
    expect(['arena', 'refused arena.notice.not_queued: arena']).toContain(summary(reply));
  });

  test('searches and duels; the other user’s opponent keeps their seat', async () => {
    const id = await leave();
    const { arena } = crowd.first;
    const other = await crowd.client.get(keys.seat(2));
    expect(summary(await arena.joinQueue(1, '1v1'))).toBe('search');
    expect(summary(await arena.joinQueue(3, '1v1'))).toBe('battle');
    expect(await crowd.client.get(keys.seat(1))).toBe(await crowd.client.get(keys.seat(3)));
    expect(await crowd.client.get(keys.seat(1))).not.toBe(id);
    expect(await crowd.client.get(keys.seat(2))).toBe(other);
  });
});

test('a character whose number another user’s character has in a duel can train', async () => {
  const id = await duelOfOther();
  const { arena } = crowd.first;
  expect(summary(await arena.train(1, '1v1', 'novice'))).toBe('battle');
  expect(await crowd.client.get(keys.seat(1))).not.toBe(id);
});

test('a tap on another user’s battle is refused and changes nothing', async () => {
  const battleId = await duelOfOther();
  const { combat } = crowd.first;
  const duel = new DuelService({
    combat,
    standings: noStandings,
    players: listeners,
    blockList: openBlockList(),
  });
  const before = await combat.find(battleId);
  const home = () => Promise.reject(new Error('refused'));
  const player = { charId: 1, userId: OWNER, home };
  expect(await duel.getBattleScreen(player, battleId)).toBeNull();
  const actions = [
    { action: 'battle.look', value: { battleId } },
    { action: 'battle.strike', value: { battleId, turn: 1, zone: 'head' } },
    { action: 'battle.surrender', value: { battleId } },
    { action: 'battle.surrender_confirmed', value: { battleId } },
  ] as const;
  for (const action of actions)
    for (const prefetched of [null, before])
      await expect(duel.act(player, action, prefetched)).rejects.toThrow('refused');
  expect(await combat.find(battleId)).toEqual(before);
});

test('a request of another user that is claimed makes no battle; the opponent waits again', async () => {
  await requestOfOther();
  const { sessions, arena } = crowd.first;
  await arena.joinQueue(2, '1v1');
  expect(await sessions.getQueueStatus(1)).toEqual({ kind: 'nowhere' });
  expect((await sessions.getQueueStatus(2)).kind).toBe('waiting');
});

test('a seat whose battle names no user, as in a session without one, is its character’s', async () => {
  const { arena, sessions } = crowd.first;
  await crowd.first.accounts.deleteAccount(1);
  await crowd.first.accounts.createAccount(1, { ...finishedSession(1, OWNER), user_id: undefined });
  await sessions.joinQueue(1, '1v1');
  await arena.joinQueue(2, '1v1');
  await playedBy(OWNER);
  expect((await sessions.getQueueStatus(1, OWNER)).kind).toBe('seated');
});

test('a seat without match and battle is its character’s until it is freed', async () => {
  await crowd.client.set(keys.seat(1), 'abcdefghijkl');
  expect((await crowd.first.sessions.getQueueStatus(1)).kind).toBe('seated');
});

test('a request of the own user stays when they join again', async () => {
  await crowd.first.sessions.joinQueue(1, '1v1');
  crowd.clock.advance(1_000);
  expect(await crowd.first.sessions.joinQueue(1, '1v1')).toEqual({ kind: 'already_queued' });
});
