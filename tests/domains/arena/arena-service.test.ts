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

/** What a reply shows, in a word: `search`, `refused arena.notice.fighting: battle`. */
function told(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `refused ${reply.notice.key}: ${screen}`;
}

describe('the way into a duel', () => {
  test('leads from the door through the mode to the search', async () => {
    expect(told(await arena().getMainMenu(1))).toBe('arena');
    expect(told(await arena().getModeMenu(1, '1v1'))).toBe('mode');
    expect(told(await arena().joinQueue(1, '1v1'))).toBe('search');
    expect(told(await arena().checkMatch(1, '1v1'))).toBe('refused arena.notice.looking: search');
    expect(told(await arena().cancelQueue(1, '1v1'))).toBe('arena');
  });

  test('ends in a duel for both as soon as the second joins', async () => {
    await arena().joinQueue(1, '1v1');
    expect(told(await arena().joinQueue(2, '1v1'))).toBe('battle');
    expect(crowd.announced).toEqual([
      { userId: 10_002, screen: 'battle', mode: 'notify' },
      { userId: 10_001, screen: 'battle', mode: 'notify' },
    ]);
  });

  test('ends in one duel for two who join at once, and each is told of it once', async () => {
    const replies = await Promise.all([1, 2].map((id) => arena().joinQueue(id, '1v1')));
    const screens = replies.map(told);
    expect(screens).toContain('battle');
    // Whoever was claimed by the other sees the duel, or that it comes; it is announced to both.
    expect(['battle', 'found']).toEqual(expect.arrayContaining(screens));
    expect(crowd.announced.map(({ userId }) => userId).toSorted()).toEqual([10_001, 10_002]);
  });

  test('is closed to who waits or fights already, and says so', async () => {
    await arena().joinQueue(1, '1v1');
    crowd.clock.advance(1);
    expect(told(await arena().joinQueue(1, '1v1'))).toBe(
      'refused arena.notice.already_queued: search',
    );
    await arena().joinQueue(2, '1v1');
    expect(told(await arena().joinQueue(1, '1v1'))).toBe('refused arena.notice.fighting: battle');
    expect(told(await arena().cancelQueue(1, '1v1'))).toBe('refused arena.notice.too_late: battle');
    expect(told(await arena().getModeMenu(1, '1v1'))).toBe('battle');
  });

  test('a Cancel without a search says so', async () => {
    expect(told(await arena().cancelQueue(1, '1v1'))).toBe(
      'refused arena.notice.not_queued: arena',
    );
  });
});

describe('checkMatch', () => {
  test.each([
    ['nowhere', 'refused arena.notice.not_queued: arena'],
    ['waiting', 'refused arena.notice.looking: search'],
    ['fighting', 'battle'],
  ] as const)('of a character that is %s answers: %s', async (place, answer) => {
    if (place !== 'nowhere') await arena().joinQueue(1, '1v1');
    if (place === 'fighting') await arena().joinQueue(2, '1v1');
    expect(told(await arena().checkMatch(1, '1v1'))).toBe(answer);
  });

  test('of a character that is claimed meanwhile shows its battle, not the search', async () => {
    const { sessions } = crowd.first;
    await arena().joinQueue(1, '1v1');
    const findOpponent = sessions.findOpponent.bind(sessions);
    sessions.findOpponent = async (...asked) => {
      await arena().joinQueue(2, '1v1');
      return findOpponent(...asked);
    };
    expect(told(await arena().checkMatch(1, '1v1'))).toBe('battle');
  });
});

describe('the wave', () => {
  test('shows whose request is over that the search has ended', async () => {
    await crowd.first.sessions.joinQueue(1, '1v1');
    crowd.clock.advance(300_000);
    await arena().wave();
    expect(crowd.announced).toEqual([{ userId: 10_001, screen: 'arena', mode: 'edit' }]);
  });

  test('pairs those whose windows have widened to each other meanwhile', async () => {
    const strong = { strength: 13, agility: 12, endurance: 12, intelligence: 10 };
    const account = await crowd.first.accounts.getFullAccount(2);
    if (account === null) throw new Error('The crowd has sessions');
    await crowd.first.accounts.updateAttributes(2, { ...account.attributes, ...strong });
    await arena().joinQueue(1, '1v1');
    expect(told(await arena().joinQueue(2, '1v1'))).toBe('search');
    await arena().wave();
    expect(crowd.announced).toEqual([]);
    crowd.clock.advance(30_000);
    await arena().wave();
    expect(crowd.announced.map(({ screen }) => screen)).toEqual(['battle', 'battle']);
  });

  test('moves the search card when the window has widened, and only then', async () => {
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

  test('is not stopped by what does not belong into the queue', async () => {
    await crowd.first.sessions.joinQueue(1, '1v1');
    await crowd.client.zadd(keys.queue('1v1'), 100, 'abc');
    await crowd.client.zadd(keys.since('1v1'), 100, 'abc');
    expect(told(await arena().joinQueue(2, '1v1'))).toBe('battle');
    await crowd.first.sessions.joinQueue(3, '1v1');
    crowd.clock.advance(45_000);
    await arena().wave();
    expect(crowd.announced.at(-1)).toEqual({ userId: 10_003, screen: 'battle', mode: 'notify' });
  });

  test('repeated in several processes makes one duel', async () => {
    for (const charId of [1, 2]) await enqueue(new ArenaManager(crowd), requestOf(charId));
    await Promise.all([arena().wave(), arena().wave(), arena().wave()]);
    expect(crowd.announced.filter(({ mode }) => mode === 'notify')).toHaveLength(2);
  });

  test('goes on for the others when the announcement of an expiry fails', async () => {
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
  'a match kept from its battle by %s is not told of at every wave',
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

describe('a seat whose battle nobody remembers', () => {
  test('is freed as soon as its character shows up', async () => {
    await arena().joinQueue(1, '1v1');
    await arena().joinQueue(2, '1v1');
    const battleId = await crowd.client.get(keys.seat(1));
    await crowd.client.del(keys.battle(battleId ?? ''));
    expect(told(await arena().getMainMenu(1))).toBe('arena');
    expect(told(await arena().joinQueue(1, '1v1'))).toBe('search');
  });
});

describe('a duel that nobody can read any more', () => {
  const faces = () => crowd.announced.slice(2).map(({ userId, screen }) => [userId, screen]);

  beforeEach(async () => {
    await arena().joinQueue(1, '1v1');
    await arena().joinQueue(2, '1v1');
    const [key] = await crowd.client.keys(keys.battle('*'));
    await crowd.client.hset(key ?? '', 'state', '{"half":');
  });

  test('lets both go as soon as one of them taps, and tells both', async () => {
    const reply = await arena().getMainMenu(1);
    expect(told(reply)).toBe('arena');
    expect(reply.kind === 'shown' && reply.payload.notice?.key).toBe('battle.notice.lost');
    expect(faces()).toEqual([
      [10_001, 'arena'],
      [10_002, 'arena'],
    ]);
    expect(told(await arena().joinQueue(2, '1v1'))).toBe('search');
    expect(told(await arena().joinQueue(1, '1v1'))).toBe('battle');
  });

  test('lets both go by the clocks alone', async () => {
    crowd.clock.advance(40_000);
    await crowd.first.combat.tick();
    expect(faces()).toEqual([
      [10_001, 'arena'],
      [10_002, 'arena'],
    ]);
    expect(told(await arena().joinQueue(2, '1v1'))).toBe('search');
  });
});

test('a match that nobody can read frees both sides by the next waves, and tells them', async () => {
  await crowd.first.sessions.joinQueue(1, '1v1');
  const joined = await crowd.first.sessions.joinQueue(2, '1v1');
  const match = joined.kind === 'joined' ? joined.match : null;
  await crowd.client.hset(keys.match(match?.id ?? ''), 'seeker_char', 'somebody');
  await arena().wave();
  expect(crowd.announced).toEqual([]);
  crowd.clock.advance(4_000);
  await arena().wave();
  expect(crowd.announced.map(({ userId }) => userId)).toEqual([10_001, 10_002]);
  expect(told(await arena().joinQueue(1, '1v1'))).toBe('search');
  expect(await crowd.client.zcard(keys.matches())).toBe(0);
});
