import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ShadowLevel } from '../../../domains/combat/battle.ts';
import { levelOfShadow } from '../../../domains/combat/shadow.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import type { Reply } from '../../../domains/core/reply.ts';
import { keys } from '../../../redis/keys.ts';
import { battleWon } from '../../support/archived-battles.ts';
import { brokenInvariants, openMultiBotArena, takeCensus } from '../../support/multi-bot-arena.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 2, characters: 3 });
});
afterEach(() => crowd.close());

const arena = () => crowd.first.arena;

function summary(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `refused ${reply.notice.key}: ${screen}`;
}

async function finishBattles(charId: number, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await crowd.repositories.battles.store(battleWon(n, [charId, 77]));
}

/** The level of the Shadow that the character fights; null if it fights none. */
async function levelFought(charId: number): Promise<ShadowLevel | null> {
  const place = await crowd.first.sessions.getQueueStatus(charId);
  if (place.kind !== 'seated') return null;
  const record = await crowd.first.combat.find(place.battleId);
  return record?.sides[1].charId === null ? levelOfShadow(record.sheets[1]) : null;
}

function levelsOffered(reply: Reply): unknown[] {
  const buttons = reply.payload.buttons.flat();
  return buttons.flatMap(({ action, value }) => (action === 'arena.train' ? [value] : []));
}

describe('getTraining', () => {
  test('starts a fight against the novice at once for a new character', async () => {
    expect(summary(await arena().getTraining(1, '1v1'))).toBe('battle');
    expect(await levelFought(1)).toBe('novice');
  });

  test.each([
    [2, ['novice', 'apprentice']],
    [5, ['novice', 'apprentice', 'master']],
  ])('offers the levels that %i battles have reached', async (battles, levels) => {
    await finishBattles(1, battles);
    const reply = await arena().getTraining(1, '1v1');
    expect(summary(reply)).toBe('training');
    expect(levelsOffered(reply)).toEqual(levels);
    expect(await levelFought(1)).toBeNull();
  });

  test('offers all levels while the database is away', async () => {
    vi.spyOn(crowd.repositories.battles, 'countOf').mockRejectedValue(new OutageError('away'));
    const reply = await arena().getTraining(1, '1v1');
    expect(levelsOffered(reply)).toEqual(['novice', 'apprentice', 'master']);
  });

  test('shows the search or the battle that the character is in', async () => {
    await arena().joinQueue(1, '1v1');
    expect(summary(await arena().getTraining(1, '1v1'))).toBe('search');
    await arena().train(2, '1v1', 'novice');
    expect(summary(await arena().getTraining(2, '1v1'))).toBe('battle');
  });
});

describe('train', () => {
  test('starts a fight at the chosen level without the queue', async () => {
    await finishBattles(1, 5);
    expect(summary(await arena().train(1, '1v1', 'apprentice'))).toBe('battle');
    expect(await levelFought(1)).toBe('apprentice');
    expect(await crowd.client.zcard(keys.queue('1v1'))).toBe(0);
    expect(await crowd.client.zcard(keys.matches())).toBe(0);
  });

  test('does not start above the level that is reached', async () => {
    await arena().train(1, '1v1', 'master');
    expect(await levelFought(1)).toBe('novice');
  });

  test('of a character that waits returns its search, and it still waits', async () => {
    await arena().joinQueue(1, '1v1');
    const reply = await arena().train(1, '1v1', 'novice');
    expect(summary(reply)).toBe('refused arena.notice.already_queued: search');
    expect(summary(await arena().joinQueue(2, '1v1'))).toBe('battle');
    expect(await levelFought(1)).toBeNull();
  });

  test('works after the request of an earlier search has expired', async () => {
    await arena().joinQueue(1, '1v1');
    crowd.clock.advance(300_000);
    expect(summary(await arena().train(1, '1v1', 'novice'))).toBe('battle');
    expect(await crowd.client.zcard(keys.queue('1v1'))).toBe(0);
  });

  test('tapped again returns the same fight', async () => {
    await arena().train(1, '1v1', 'novice');
    const before = await crowd.first.sessions.getQueueStatus(1);
    const again = await arena().train(1, '1v1', 'novice');
    expect(summary(again)).toBe('refused arena.notice.fighting: battle');
    expect(await crowd.first.sessions.getQueueStatus(1)).toEqual(before);
  });

  test('a character that trains is matched with no one', async () => {
    await arena().train(1, '1v1', 'novice');
    expect(summary(await arena().joinQueue(2, '1v1'))).toBe('search');
  });

  test('by several processes at once, beside joins of the same characters, gives each one place', async () => {
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(
        crowd.ids.flatMap((charId) =>
          crowd.services.flatMap((bot) => [
            bot.arena.train(charId, '1v1', 'novice'),
            bot.arena.joinQueue(charId, '1v1'),
            bot.arena.checkMatch(charId, '1v1', { waivesWait: true }),
          ]),
        ),
      );
      expect(brokenInvariants(await takeCensus(crowd.client, crowd.ids), crowd.ids)).toEqual([]);
      await freeEverybody();
    }
    expect(crowd.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  async function freeEverybody(): Promise<void> {
    const { combat, sessions } = crowd.first;
    for (const charId of crowd.ids) {
      const place = await sessions.getQueueStatus(charId);
      if (place.kind === 'seated') await combat.surrender(charId, place.battleId);
      if (place.kind === 'waiting') await sessions.leaveQueue(charId, '1v1');
    }
  }
});

describe('a training match whose process dies before the battle', () => {
  test('becomes a battle at the chosen level', async () => {
    await finishBattles(1, 5);
    await crowd.first.sessions.startTraining(1, '1v1', 'apprentice');
    crowd.clock.advance(4_000);
    await arena().wave();
    expect(await levelFought(1)).toBe('apprentice');
    expect(crowd.announced).toEqual([{ userId: 10_001, screen: 'battle', mode: 'notify' }]);
  });

  test('frees a character without a session, and does not put it into the queue', async () => {
    await crowd.first.sessions.startTraining(1, '1v1', 'novice');
    await crowd.first.accounts.deleteAccount(1);
    crowd.clock.advance(4_000);
    await arena().wave();
    expect(await crowd.first.sessions.getQueueStatus(1)).toEqual({ kind: 'nowhere' });
  });

  test('frees its character when the creation of the battle was prevented', async () => {
    const joined = await crowd.first.sessions.startTraining(1, '1v1', 'novice');
    const match = joined.kind === 'joined' ? joined.match : null;
    await crowd.first.combat.preventCreation(match?.id ?? '');
    crowd.clock.advance(4_000);
    await arena().wave();
    expect(await crowd.first.sessions.getQueueStatus(1)).toEqual({ kind: 'nowhere' });
  });
});

describe('the Shadow of a search', () => {
  test.each([
    [0, 'novice'],
    [2, 'apprentice'],
    [5, 'master'],
  ] as const)('after %i finished battles fights as %s', async (battles, level) => {
    await finishBattles(1, battles);
    await arena().joinQueue(1, '1v1');
    crowd.clock.advance(45_000);
    await arena().wave();
    expect(await levelFought(1)).toBe(level);
  });

  test('fights as the novice while the database is away', async () => {
    vi.spyOn(crowd.repositories.battles, 'countOf').mockRejectedValue(new OutageError('away'));
    await arena().joinQueue(1, '1v1');
    crowd.clock.advance(45_000);
    await arena().wave();
    expect(await levelFought(1)).toBe('novice');
  });
});

describe('checkMatch with the wait waived', () => {
  const waived = { waivesWait: true };

  test('calls the Shadow when there is no opponent', async () => {
    await arena().joinQueue(1, '1v1');
    expect(summary(await arena().checkMatch(1, '1v1', waived))).toBe('battle');
    expect(await levelFought(1)).toBe('novice');
  });

  test('looks for a person first', async () => {
    const { sessions } = crowd.first;
    await arena().joinQueue(1, '1v1');
    const checkTimeout = sessions.checkTimeout.bind(sessions);
    sessions.checkTimeout = async (charId) => {
      const wait = await checkTimeout(charId);
      // Somebody has joined who is near enough, but was not when they joined.
      await joinUnmatched(2);
      return wait;
    };
    expect(summary(await arena().checkMatch(1, '1v1', waived))).toBe('battle');
    expect(await levelFought(1)).toBeNull();
    expect((await sessions.getQueueStatus(2)).kind).toBe('seated');
  });

  test('shows the duel of a character that is claimed meanwhile', async () => {
    const { sessions } = crowd.first;
    await arena().joinQueue(1, '1v1');
    const findOpponent = sessions.findOpponent.bind(sessions);
    sessions.findOpponent = async (...asked) => {
      const found = await findOpponent(...asked);
      await crowd.services[1]?.arena.joinQueue(2, '1v1');
      return found;
    };
    expect(summary(await arena().checkMatch(1, '1v1', waived))).toBe('battle');
    expect(await levelFought(1)).toBeNull();
  });

  test('of a character that does not wait is refused', async () => {
    const reply = await arena().checkMatch(1, '1v1', waived);
    expect(summary(reply)).toBe('refused arena.notice.not_queued: arena');
  });
});

/** A waiting character that was not matched when it joined. */
async function joinUnmatched(charId: number): Promise<void> {
  const startTimeMs = crowd.clock.now();
  const request = { start_time: startTimeMs, gs: 100, mode: '1v1', user_id: 10_000 + charId };
  const own = await crowd.first.sessions.getRequestMeta(1);
  const gs = own?.request.gs ?? 100;
  await crowd.client.hset(keys.request(charId), { ...request, gs });
  await crowd.client.zadd(keys.queue('1v1'), gs, charId);
  await crowd.client.zadd(keys.since('1v1'), startTimeMs, charId);
}
