import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import type { Log } from '../../../domains/core/log.ts';
import type { UiPayload } from '../../../domains/core/ui-payload.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { listScreen, seasonScreen } from '../../../domains/rating/ladder-screens.ts';
import { LadderService } from '../../../domains/rating/ladder-service.ts';
import {
  type LadderCache,
  type LadderStore,
  type ListRow,
  type ListView,
  type OwnStanding,
  type RankedEntry,
} from '../../../domains/rating/ladder.ts';
import type { Season } from '../../../domains/rating/season.ts';
import { FixedClock } from '../../support/clock.ts';
import { noLadder } from '../../support/memory-repositories.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { silentLog } from '../../support/silent-log.ts';

const DAY_MS = 86_400_000;
const clock = new FixedClock();
const season: Season = {
  number: 3,
  startedAtMs: clock.now() - DAY_MS,
  endsAtMs: clock.now() + DAY_MS,
  closedAtMs: null,
};
const closed: Season = { ...season, number: 2, closedAtMs: clock.now() };
const own: OwnStanding = {
  season: 3,
  shown: 1512,
  peak: 1540,
  battles: 12,
  opponents: 6,
  lifetime: 40,
  place: null,
  lastAtMs: clock.now(),
  reachedAtMs: clock.now(),
  league: 'gold',
  of: 'mystic',
};
const noCache: LadderCache = {
  view: () => Promise.resolve(null),
  move: () => Promise.resolve(null),
  takeRebuild: () => Promise.resolve(false),
  rebuild: () => Promise.resolve(),
};

function row(charId: number, place: number, index = place - 1): ListRow {
  return { charId, name: `Name ${charId}`, shown: 1600 - place, place, index };
}

interface Shown {
  readonly seasons?: Season[];
  readonly log?: Log;
}

function serviceOn(
  store: Partial<LadderStore>,
  cache: Partial<LadderCache> = {},
  { seasons = [season], log = silentLog }: Shown = {},
) {
  return new LadderService({
    ladder: { ...noLadder, ...store },
    lists: { ...noCache, ...cache },
    clock,
    log,
    seasons: {
      present: () => Promise.resolve(season),
      list: () => Promise.resolve(seasons),
      latestClosed: () => seasons.findLast(({ closedAtMs }) => closedAtMs !== null) ?? null,
    },
  });
}

const linesOf = ({ title, body }: UiPayload, language: 'en' | 'ru' = 'en') => {
  const translator = new Translator(language, { clientTime: false });
  return [title, ...body.flatMap((line) => line ?? [])].map((line) => translator.plain(line));
};
const ten = Array.from({ length: 10 }, (_, at) => row(at + 1, at + 1));
const view: ListView = { best: ten, around: [row(90, 41, 40), row(91, 42, 41), row(92, 43, 42)] };

describe('a list', () => {
  test('comes from the cache, with the reader marked and a gap before those around them', async () => {
    const service = serviceOn({}, { view: () => Promise.resolve(view) });
    const lines = linesOf(listScreen(await service.look(91, { scope: 'season', of: 'all' })));
    expect(lines[0]).toBe('🏆 <b>The best of season 4</b>');
    expect(lines.slice(10)).toEqual([
      '10. Name 10 · <b>1590</b>',
      '…',
      '41. Name 90 · <b>1559</b>',
      '👉 42. <b>Name 91</b> · <b>1558</b>',
      '43. Name 92 · <b>1557</b>',
      'The season ends 2026-01-02 00:00 UTC.',
    ]);
  });

  test('comes from the database if the cache has none', async () => {
    const asked: unknown[] = [];
    const service = serviceOn({
      view: (list) => {
        asked.push(list);
        return Promise.resolve({ best: [row(1, 1)], around: [] });
      },
    });
    const seen = await service.look(1, { scope: 'ever', of: 'mystic' });
    expect(asked).toEqual([{ season: null, of: 'mystic' }]);
    expect(linesOf(listScreen(seen))).toEqual([
      ...['🏆 <b>The best of all time</b> · 🔮 Mystic', '👉 1. <b>Name 1</b> · <b>1599</b>'],
    ]);
  });

  test('says what a reader without a place lacks', async () => {
    const lacking = { ...own, opponents: 3 };
    const service = serviceOn({ standingIn: () => Promise.resolve(lacking) });
    const seen = await service.look(9, { scope: 'season', of: 'all' });
    expect(linesOf(listScreen(seen)).slice(1)).toEqual([
      'Nobody has a place here yet.',
      'To get a place on the list: 2 more opponents.',
      'The season ends 2026-01-02 00:00 UTC.',
    ]);
    expect(linesOf(listScreen(seen), 'ru')[2]).toBe('До места в списке: ещё 2 соперника.');
  });
});

describe('while the database is away', () => {
  const away = () => Promise.reject(new OutageError('down'));

  test('a list in the cache is shown, without what the reader lacks', async () => {
    const service = serviceOn({ standingIn: away }, { view: () => Promise.resolve(view) });
    const lines = linesOf(listScreen(await service.look(7_000, { scope: 'season', of: 'all' })));
    expect(lines[1]).toBe('1. Name 1 · <b>1599</b>');
    expect(lines.at(-1)).toBe('The season ends 2026-01-02 00:00 UTC.');
    expect(lines.join()).not.toContain('To get a place');
  });

  test('a list in the cache is shown after others that are not there, which are logged once', async () => {
    const log = new RecordingLog();
    const cached: LadderCache['view'] = ({ of }) => Promise.resolve(of === 'all' ? view : null);
    const service = serviceOn(
      { standingIn: away, standingsOf: away, view: away },
      { view: cached },
      { log },
    );
    for (const of of ['mystic', 'warrior'] as const)
      await expect(service.look(9, { scope: 'season', of })).rejects.toThrow(OutageError);
    await expect(service.lookAtSeasons(9, 8)).rejects.toThrow(OutageError);
    expect((await service.look(9, { scope: 'season', of: 'all' })).best).toEqual(ten);
    expect(log.lines.map(({ message }) => message)).toEqual(['ladder unavailable']);
  });
});

describe('a result', () => {
  const rated = { ...own, charId: 9, leagueBefore: 'silver', league: 'gold' } as const;
  const noticeOn = async (store: Partial<LadderStore>, cache: Partial<LadderCache> = {}) =>
    serviceOn({ afterBattle: () => Promise.resolve(rated), ...store }, cache).ladderOf('b', 0);

  test('has the place by the cache, where the character is moved', async () => {
    const moved: unknown[] = [];
    const move: LadderCache['move'] = (_, entry) => {
      moved.push(entry);
      return Promise.resolve(11);
    };
    const notice = await noticeOn({}, { move });
    expect(notice).toEqual({
      place: 12,
      lacks: null,
      league: 'gold',
      isChampion: false,
      change: 'promoted',
    });
    expect(moved).toMatchObject([{ charId: 9, shown: 1512, of: 'mystic' }]);
  });

  test('has the place by the database without the cache', async () => {
    const notice = await noticeOn({ countAbove: () => Promise.resolve(4) });
    expect(notice?.place).toBe(5);
  });

  test('of the first ten with thirty battles makes a champion', async () => {
    const of = async (battles: number, above: number) =>
      noticeOn({
        afterBattle: () => Promise.resolve({ ...rated, battles }),
        countAbove: () => Promise.resolve(above),
      });
    expect([await of(30, 9), await of(29, 0), await of(30, 10)]).toMatchObject([
      { isChampion: true },
      { isChampion: false },
      { isChampion: false },
    ]);
  });

  test('of a character that is not eligible has no place', async () => {
    const afterBattle = () => Promise.resolve({ ...rated, battles: 8 });
    expect(await noticeOn({ afterBattle })).toMatchObject({ place: null, lacks: { battles: 2 } });
  });
});

describe('the end of a season', () => {
  const ended = { ...own, season: 2, place: 12 };
  const nine = () => Promise.resolve(9);

  test('is shown once for each character', async () => {
    let asked = 0;
    const showEnd = () => {
      asked += 1;
      return Promise.resolve(asked === 1 ? ended : null);
    };
    const service = serviceOn({ showEnd }, {}, { seasons: [closed, season] });
    const lines = await service.endLines(nine);
    expect(linesOf({ screen: '', title: { key: 'ladder.gap' }, body: lines, buttons: [] })).toEqual(
      [
        ...['…', '🏁 <b>Season 3 is over</b>', 'place <b>12</b> · 🥇 Gold · <b>1512</b>'],
        'A new season has begun: all ratings have moved closer to 1500.',
      ],
    );
    expect(await service.endLines(nine)).toEqual([]);
    expect(asked).toBe(1);
  });

  test('is not looked for before a season is closed', async () => {
    const service = serviceOn({ showEnd: () => Promise.resolve(ended) });
    expect(await service.endLines(() => Promise.reject(new Error('asked')))).toEqual([]);
  });

  test('is shown later if the database is away', async () => {
    let isAway = true;
    const showEnd = () =>
      isAway ? Promise.reject(new OutageError('down')) : Promise.resolve(ended);
    const own = new FixedClock();
    const service = new LadderService({
      ladder: { ...noLadder, showEnd },
      lists: noCache,
      clock: own,
      log: silentLog,
      seasons: {
        present: () => Promise.resolve(season),
        list: () => Promise.resolve([closed, season]),
        latestClosed: () => closed,
      },
    });
    expect(await service.endLines(nine)).toEqual([]);
    isAway = false;
    own.advance(10_000);
    expect(await service.endLines(nine)).toHaveLength(3);
  });
});

test('the screen of seasons has the present one and those that are closed', async () => {
  const standings = [own, { ...own, season: 2, place: 3, battles: 30 }, { ...own, season: 1 }];
  const service = serviceOn(
    { standingsOf: () => Promise.resolve(standings), countAbove: () => Promise.resolve(11) },
    {},
    { seasons: [closed, season] },
  );
  expect(linesOf(seasonScreen(await service.lookAtSeasons(9, 8)))).toEqual([
    '📅 <b>Season 4</b>',
    'The season ends 2026-01-02 00:00 UTC.',
    'You: place <b>12</b> · 🥇 Gold · <b>1512</b>\nPeak 1540 · 12 rated duels · 6 opponents',
    '<b>Your past seasons</b>',
    '3. place <b>3</b> · 👑 Champion · <b>1512</b> · peak 1540',
    expect.stringContaining('🥈 from 1400'),
  ]);
});

test('the lists are made of pages, by the process whose turn it is', async () => {
  const entry = (charId: number): RankedEntry => {
    return { charId, name: 'A', shown: 1500, of: null, reachedAtMs: 0 };
  };
  const all = Array.from({ length: 4_500 }, (_, at) => entry(at + 1));
  const made = new Map<number | null, number[]>();
  const service = serviceOn(
    {
      entries: (_, { afterId, limit }) =>
        Promise.resolve(all.filter(({ charId }) => charId > afterId).slice(0, limit)),
    },
    {
      takeRebuild: () => Promise.resolve(true),
      rebuild: async (of, pages) => {
        const sizes: number[] = [];
        for await (const page of pages) sizes.push(page.length);
        made.set(of?.number ?? null, sizes);
      },
    },
  );
  await service.refreshLists();
  expect([...made]).toEqual([
    [3, [2000, 2000, 500]],
    [null, [2000, 2000, 500]],
  ]);
});
