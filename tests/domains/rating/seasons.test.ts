import { expect, test } from 'vitest';
import { OutageError } from '../../../domains/core/outage-error.ts';
import type { Season, SeasonStore } from '../../../domains/rating/season.ts';
import { Seasons } from '../../../domains/rating/seasons.ts';
import { FixedClock } from '../../support/clock.ts';
import { RecordingLog } from '../../support/recording-log.ts';

const DAY_MS = 86_400_000;
const START = '2026-01-04T18:00:00Z';
const END = '2026-03-01T18:00:00Z';

/** One season from a Sunday on, as the database keeps it. */
class MemorySeasons implements SeasonStore {
  isAway = false;
  all: Season[] = [{ number: 0, startedAtMs: Date.parse(START), endsAtMs: null, closedAtMs: null }];

  list(): Promise<Season[]> {
    if (this.isAway) return Promise.reject(new OutageError('down'));
    return Promise.resolve([...this.all]);
  }

  setEnd(season: number, endsAtMs: number): Promise<void> {
    this.#change(season, { endsAtMs });
    const next = { number: season + 1, startedAtMs: endsAtMs, endsAtMs: null, closedAtMs: null };
    this.all.push(next);
    return Promise.resolve();
  }

  close(season: number, closedAtMs: number): Promise<boolean> {
    const isOpen = this.all[season]?.closedAtMs === null;
    if (isOpen) this.#change(season, { closedAtMs });
    return Promise.resolve(isOpen);
  }

  #change(number: number, change: Partial<Season>): void {
    this.all = this.all.map((one) => (one.number === number ? { ...one, ...change } : one));
  }
}

function openSeasons(weeks: number) {
  const clock = new FixedClock();
  clock.advance(Date.parse(START) + DAY_MS - clock.now());
  const [store, log] = [new MemorySeasons(), new RecordingLog()];
  return { clock, store, log, seasons: new Seasons({ seasons: store, clock, log, weeks }) };
}

test('the present season gets its end, and the next one follows at that moment', async () => {
  const { clock, store, seasons } = openSeasons(8);
  await seasons.work();
  expect(store.all).toMatchObject([{ endsAtMs: Date.parse(END) }, { endsAtMs: null }]);
  clock.advance(Date.parse(END) - 1 - clock.now());
  expect((await seasons.present()).number).toBe(0);
  clock.advance(1);
  expect((await seasons.present()).number).toBe(1);
});

test('with 0 weeks a season does not end', async () => {
  const { clock, store, seasons } = openSeasons(0);
  await seasons.work();
  clock.advance(400 * DAY_MS);
  await seasons.work();
  expect(store.all).toMatchObject([{ endsAtMs: null, closedAtMs: null }]);
});

test('a season is closed a minute after its end, once, and the next gets its end', async () => {
  const { clock, store, log, seasons } = openSeasons(8);
  await seasons.work();
  clock.advance(Date.parse(END) + 59_999 - clock.now());
  await seasons.work();
  expect([store.all[0]?.closedAtMs, seasons.latestClosed()]).toEqual([null, null]);
  clock.advance(10_000);
  await seasons.work();
  clock.advance(10_000);
  await seasons.work();
  expect(store.all).toMatchObject([
    { closedAtMs: Date.parse(END) + 69_999 },
    { endsAtMs: Date.parse('2026-04-26T18:00:00Z') },
    { endsAtMs: null },
  ]);
  expect(seasons.latestClosed()?.number).toBe(0);
  expect(log.lines.map(({ message }) => message)).toEqual(['season closed']);
});

test('seasons that ended while no process ran are closed, and the present one ends on the next Sunday', async () => {
  const { clock, store, seasons } = openSeasons(8);
  await seasons.work();
  clock.advance(300 * DAY_MS);
  await seasons.work();
  expect(store.all[0]?.closedAtMs).toBe(clock.now());
  const endsAtMs = store.all[1]?.endsAtMs ?? 0;
  expect(endsAtMs - clock.now()).toBeGreaterThan(0);
  expect(endsAtMs - clock.now()).toBeLessThanOrEqual(7 * DAY_MS);
});

test('without the database the work waits, and what is known stays', async () => {
  const { clock, store, log, seasons } = openSeasons(8);
  await seasons.work();
  store.isAway = true;
  clock.advance(20_000);
  await seasons.work();
  expect((await seasons.list()).length).toBe(2);
  expect(seasons.latestClosed()).toBeNull();
  expect(log.lines).toEqual([]);
});

test('without the database the seasons stay known after their refresh is due, and unknown ones fail', async () => {
  const { clock, store, seasons } = openSeasons(8);
  store.isAway = true;
  await expect(seasons.list()).rejects.toThrow(OutageError);
  store.isAway = false;
  clock.advance(10_000);
  await seasons.work();
  store.isAway = true;
  clock.advance(60_000);
  expect((await seasons.list()).length).toBe(2);
  expect((await seasons.present()).number).toBe(0);
});
