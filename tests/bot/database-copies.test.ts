import { expect, test } from 'vitest';
import { DatabaseCopies } from '../../bot/database-copies.ts';
import { FixedClock } from '../support/clock.ts';
import { RecordingLog } from '../support/recording-log.ts';

const HOUR = 3_600_000;

function openCopies({ newestAgoMs = null as number | null, sizes = [5, 6] as (number | null)[] }) {
  const [clock, log] = [new FixedClock(), new RecordingLog()];
  const made: number[] = [];
  const copies = new DatabaseCopies({
    copies: {
      newestAtMs: () => (newestAgoMs === null ? null : clock.now() - newestAgoMs),
      add: (atMs) => {
        made.push(atMs);
        return Promise.resolve(sizes.shift() ?? null);
      },
    },
    everyMs: HOUR,
    clock,
    log,
  });
  return { copies, clock, log, made };
}

test('the database is copied an hour after the start, and each hour after that', async () => {
  const { copies, clock, log, made } = openCopies({});
  const startMs = clock.now();
  for (let minute = 0; minute < 125; minute += 1) {
    await copies.work();
    clock.advance(60_000);
  }
  expect(made).toEqual([startMs + HOUR, startMs + 2 * HOUR]);
  expect(log.lines.map(({ facts }) => facts)).toMatchObject([{ bytes: 5 }, { bytes: 6 }]);
});

test('the first copy is due an hour after the newest one of an earlier process', async () => {
  const { copies, clock, made } = openCopies({ newestAgoMs: HOUR - 60_000 });
  await copies.work();
  expect(made).toEqual([]);
  clock.advance(60_000);
  await copies.work();
  expect(made).toEqual([clock.now()]);
});

test('a copy of the future delays nothing, and no copy without changes is logged', async () => {
  const { copies, clock, log, made } = openCopies({ newestAgoMs: -10 * HOUR, sizes: [null] });
  clock.advance(HOUR);
  await copies.work();
  expect(made).toHaveLength(1);
  expect(log.lines).toEqual([]);
});
