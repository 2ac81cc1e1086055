import { expect, test } from 'vitest';
import { emptyRecord } from '../../../domains/combat/character-record.ts';
import { Standings } from '../../../domains/combat/standings.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { freshBattle } from '../../support/battle-setup.ts';
import { FixedClock } from '../../support/clock.ts';
import { never } from '../../support/never.ts';
import { RecordingLog } from '../../support/recording-log.ts';

const duel = freshBattle();
const reward = { xp: 10, gold: 6, unpaid: null, newLevel: 2 };
const record = { ...emptyRecord, won: 12, lost: 7, streak: 3 };

const rating = { mu: 26, sigma: 3, lifetime: 12 };
const ladder = {
  ...({ place: 12, lacks: null, league: 'gold', isChampion: false, change: null } as const),
};
const achievements = ['first_win'] as const;
const notice = { kind: 'unrated', reason: 'short' } as const;

function standingsOn(recordOf: () => Promise<typeof record>, wait: () => Promise<void> = never) {
  const log = new RecordingLog();
  const rewards = { rewardOf: () => Promise.resolve(reward) };
  const ratings = {
    ratingOf: () => Promise.resolve(rating),
    noticeOf: () => Promise.resolve(notice),
  };
  const ladders = { ladderOf: () => Promise.resolve(ladder) };
  const profiles = { grantedIn: () => Promise.resolve(achievements) };
  const readers = { records: { recordOf }, rewards, ratings, ladders, profiles };
  const deps = { ...readers, clock: new FixedClock() };
  const standings = new Standings({ ...deps, log, wait });
  return { standings, log };
}

test('the record of a character, its reward, rating, place and achievements are read', async () => {
  const { standings } = standingsOn(() => Promise.resolve(record));
  expect(await standings.afterBattle(duel, 0)).toEqual({
    record,
    reward,
    rating: notice,
    ladder,
    achievements,
  });
  expect(await standings.beforeBattle(1)).toEqual({ record, rating });
});

test('without the database there is none, and it is not asked again for a while', async () => {
  let asked = 0;
  const { standings, log } = standingsOn(() => {
    asked += 1;
    return Promise.reject(new OutageError('down'));
  });
  expect([await standings.afterBattle(duel, 0), await standings.afterBattle(duel, 1)]).toEqual([
    null,
    null,
  ]);
  expect([asked, log.lines]).toEqual([1, []]);
});

test('a slow database is not waited for', async () => {
  const { standings } = standingsOn(
    () => new Promise(() => undefined),
    () => Promise.resolve(),
  );
  expect(await standings.afterBattle(duel, 0)).toBeNull();
});

test('another failure is logged once and costs nobody their result', async () => {
  const { standings, log } = standingsOn(() => Promise.reject(new Error('unreadable')));
  expect([await standings.afterBattle(duel, 0), await standings.afterBattle(duel, 1)]).toEqual([
    null,
    null,
  ]);
  expect(log.lines.map(({ message }) => message)).toEqual(['standing not read']);
});
