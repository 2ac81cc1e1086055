import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../../domains/core/reply.ts';
import { NewerRecordError } from '../../../domains/core/newer-record-error.ts';
import { keys } from '../../../redis/keys.ts';
import { ArenaManager } from '../../../redis/managers/arena-manager.ts';
import { enqueue } from '../../support/arena-steps.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 3 });
});
afterEach(() => crowd.close());

const arena = () => crowd.first.arena;
const requestOf = (charId: number) => {
  const startTimeMs = crowd.clock.now();
  return { charId, userId: 10_000 + charId, mode: '1v1', gs: 100, startTimeMs } as const;
};

/** Such as `search` or `refused arena.notice.fighting: battle`. */
function summary(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `refused ${reply.notice.key}: ${screen}`;
}

describe('menus and queue', () => {
  test('lead from the main menu through the mode menu to the search', async () => {
    expect(summary(await arena().getMainMenu(1))).toBe('arena');
    expect(summary(await arena().getModeMenu(1, '1v1'))).toBe('mode');
    expect(summary(await arena().joinQueue(1, '1v1'))).toBe('search');
    expect(summary(await arena().checkMatch(1, '1v1'))).toBe(
      'refused arena.notice.looking: search',
    );
    expect(summary(await arena().cancelQueue(1, '1v1'))).toBe('arena');
  });

  test('joinQueue starts a duel for both when the second player joins', async () => {
    await arena().joinQueue(1, '1v1');
    expect(summary(await arena().joinQueue(2, '1v1'))).toBe('battle');
    expect(crowd.announced).toEqual([
      { userId: 10_002, screen: 'battle', mode: 'notify' },
      { userId: 10_001, screen: 'battle', mode: 'notify' },
    ]);
  });

  test('joinQueue by two players at once starts one duel and notifies each once', async () => {
    const replies = await Promise.all([1, 2].map((id) => arena().joinQueue(id, '1v1')));
    const screens = replies.map(summary);
    expect(screens).toContain('battle');
    // The claimed player sees the duel or the found match; the duel is announced to both.
    expect(['battle', 'found']).toEqual(expect.arrayContaining(screens));
    expect(crowd.announced.map(({ userId }) => userId).toSorted()).toEqual([10_001, 10_002]);
  });

  test('refuse a player who already waits or fights', async () => {
    await arena().joinQueue(1, '1v1');
    crowd.clock.advance(1);
    expect(summary(await arena().joinQueue(1, '1v1'))).toBe(
      'refused arena.notice.already_queued: search',
    );
    await arena().joinQueue(2, '1v1');
    expect(summary(await arena().joinQueue(1, '1v1'))).toBe(
      'refused arena.notice.fighting: battle',
    );
    expect(summary(await arena().cancelQueue(1, '1v1'))).toBe(
      'refused arena.notice.too_late: battle',
    );
    expect(summary(await arena().getModeMenu(1, '1v1'))).toBe('battle');
  });

  test('cancelQueue refuses without a search', async () => {
    expect(summary(await arena().cancelQueue(1, '1v1'))).toBe(
      'refused arena.notice.not_queued: arena',
    );
  });
});

describe('checkMatch', () => {
  test.each([
    ['nowhere', 'refused arena.notice.not_queued: arena'],
    ['waiting', 'refused arena.notice.looking: search'],
    ['fighting', 'battle'],
  ] as const)('of a character that is %s returns: %s', async (place, answer) => {
    if (place !== 'nowhere') await arena().joinQueue(1, '1v1');
    if (place === 'fighting') await arena().joinQueue(2, '1v1');
    expect(summary(await arena().checkMatch(1, '1v1'))).toBe(answer);
  });

  test('of a character that is claimed meanwhile shows its battle', async () => {
    const { sessions } = crowd.first;
    await arena().joinQueue(1, '1v1');
    const findOpponent = sessions.findOpponent.bind(sessions);
    sessions.findOpponent = async (...asked) => {
      await arena().joinQueue(2, '1v1');
      return findOpponent(...asked);
    };
    expect(summary(await arena().checkMatch(1, '1v1'))).toBe('battle');
  });
});

describe('wave', () => {
  test('notifies the player of an expired request', async () => {
    await crowd.first.sessions.joinQueue(1, '1v1');
    crowd.clock.advance(300_000);
    await arena().wave();
    expect(crowd.announced).toEqual([{ userId: 10_001, screen: 'arena', mode: 'edit' }]);
  });

  test('pairs players once their windows are wide enough', async () => {
    const strong = { strength: 13, agility: 12, endurance: 12, intelligence: 10 };
    const account = await crowd.first.accounts.getFullAccount(2);
    if (account === null) throw new Error('The crowd has sessions');
    await crowd.first.accounts.updateAttributes(2, { ...account.attributes, ...strong });
    await arena().joinQueue(1, '1v1');
    expect(summary(await arena().joinQueue(2, '1v1'))).toBe('search');
    await arena().wave();
    expect(crowd.announced).toEqual([]);
    crowd.clock.advance(30_000);
    await arena().wave();
    expect(crowd.announced.map(({ screen }) => screen)).toEqual(['battle', 'battle']);
  });

  test('updates the search screen only when the window has widened', async () => {
    await arena().joinQueue(1, '1v1');
    const announcedAfter = async (afterMs: number) => {
      crowd.clock.advance(afterMs);
      await arena().wave();
      return crowd.announced.splice(0).map(({ screen, mode }) => `${screen} ${mode}`);
    };
    expect(await announcedAfter(9_999)).toEqual([]);
    expect(await announcedAfter(1)).toEqual(['search ambient']);
    expect(await announcedAfter(1_000)).toEqual([]);
    expect(await announcedAfter(20_000)).toEqual(['search ambient']);
  });

  test('ignores foreign queue entries', async () => {
    await crowd.first.sessions.joinQueue(1, '1v1');
    await crowd.client.zadd(keys.queue('1v1'), 100, 'abc');
    await crowd.client.zadd(keys.since('1v1'), 100, 'abc');
    expect(summary(await arena().joinQueue(2, '1v1'))).toBe('battle');
    await crowd.first.sessions.joinQueue(3, '1v1');
    crowd.clock.advance(45_000);
    await arena().wave();
    expect(crowd.announced.at(-1)).toEqual({ userId: 10_003, screen: 'battle', mode: 'notify' });
  });

  test('starts one duel when several processes run it', async () => {
    for (const charId of [1, 2]) await enqueue(new ArenaManager(crowd), requestOf(charId));
    await Promise.all([arena().wave(), arena().wave(), arena().wave()]);
    expect(crowd.announced.filter(({ mode }) => mode === 'notify')).toHaveLength(2);
  });

  test('continues for the others when the announcement of an expiry fails', async () => {
    await arena().joinQueue(1, '1v1');
    crowd.clock.advance(300_000);
    const startTimeMs = crowd.clock.now();
    for (const charId of [2, 3])
      await enqueue(new ArenaManager(crowd), { ...requestOf(charId), startTimeMs });
    const getFullAccount = crowd.first.accounts.getFullAccount.bind(crowd.first.accounts);
    crowd.first.accounts.getFullAccount = (charId) =>
      charId === 1 ? Promise.reject(new Error('no answer')) : getFullAccount(charId);
    await arena().wave();
    expect(crowd.log.lines.map(({ message }) => message)).toContain('expiry announcement failed');
    expect(crowd.announced.filter(({ screen }) => screen === 'battle')).toHaveLength(2);
  });
});

test.each([
  ['a newer release', new NewerRecordError(2, 1), 1],
  ['a row that cannot be parsed', new TypeError('no row'), 2],
])(
  'a match that stays without a battle because of %s is not logged at every wave',
  async (_what, error, lines) => {
    await crowd.first.sessions.joinQueue(1, '1v1');
    await crowd.first.sessions.joinQueue(2, '1v1');
    const { accounts } = crowd.first;
    accounts.getFullAccount = () => Promise.reject(error);
    crowd.clock.advance(4_000);
    for (let waves = 0; waves < 3; waves += 1) await arena().wave();
    expect(crowd.log.lines.filter(({ level }) => level !== 'info')).toHaveLength(lines);
  },
);

describe('a seat whose battle is missing', () => {
  test('is freed by the next tap of its character', async () => {
    await arena().joinQueue(1, '1v1');
    await arena().joinQueue(2, '1v1');
    const battleId = await crowd.client.get(keys.seat(1));
    await crowd.client.del(keys.battle(battleId ?? ''));
    expect(summary(await arena().getMainMenu(1))).toBe('arena');
    expect(summary(await arena().joinQueue(1, '1v1'))).toBe('search');
  });
});

describe('an unreadable duel', () => {
  const announcedScreens = () =>
    crowd.announced.slice(2).map(({ userId, screen }) => [userId, screen]);

  beforeEach(async () => {
    await arena().joinQueue(1, '1v1');
    await arena().joinQueue(2, '1v1');
    const [key] = await crowd.client.keys(keys.battle('*'));
    await crowd.client.hset(key ?? '', 'state', '{"half":');
  });

  test('releases and notifies both players when one of them taps', async () => {
    const reply = await arena().getMainMenu(1);
    expect(summary(reply)).toBe('arena');
    expect(reply.kind === 'shown' && reply.payload.notice?.key).toBe('battle.notice.lost');
    expect(announcedScreens()).toEqual([
      [10_001, 'arena'],
      [10_002, 'arena'],
    ]);
    expect(summary(await arena().joinQueue(2, '1v1'))).toBe('search');
    expect(summary(await arena().joinQueue(1, '1v1'))).toBe('battle');
  });

  test('releases and notifies both players when its timer ends', async () => {
    crowd.clock.advance(40_000);
    await crowd.first.combat.tick();
    expect(announcedScreens()).toEqual([
      [10_001, 'arena'],
      [10_002, 'arena'],
    ]);
    expect(summary(await arena().joinQueue(2, '1v1'))).toBe('search');
  });
});

test('an unreadable match is removed by the next waves, which release and notify both players', async () => {
  await crowd.first.sessions.joinQueue(1, '1v1');
  const joined = await crowd.first.sessions.joinQueue(2, '1v1');
  const match = joined.kind === 'joined' ? joined.match : null;
  await crowd.client.hset(keys.match(match?.id ?? ''), 'seeker_char', 'somebody');
  await arena().wave();
  expect(crowd.announced).toEqual([]);
  crowd.clock.advance(4_000);
  await arena().wave();
  expect(crowd.announced.map(({ userId }) => userId)).toEqual([10_001, 10_002]);
  expect(summary(await arena().joinQueue(1, '1v1'))).toBe('search');
  expect(await crowd.client.zcard(keys.matches())).toBe(0);
});
