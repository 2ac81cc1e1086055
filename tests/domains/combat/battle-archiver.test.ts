import { expect, test, vi } from 'vitest';
import { BattleArchiver } from '../../../domains/combat/battle-archiver.ts';
import { RefusedValueError } from '../../../domains/core/refused-value-error.ts';
import { endedRecord } from '../../support/archived-battles.ts';
import { FixedClock } from '../../support/clock.ts';
import { ManualTiming } from '../../support/manual-timing.ts';
import { MemoryBattleArchive } from '../../support/memory-battle-archive.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';

function openArchiver() {
  const [archive, clock, log] = [new MemoryBattleArchive(), new FixedClock(), new RecordingLog()];
  const timing = new ManualTiming();
  const wait = timing.wait.bind(timing);
  return {
    archive,
    clock,
    log,
    timing,
    archiver: new BattleArchiver({ archive, clock, log, wait }),
  };
}

test('save returns false while the archive is unavailable, and saves the battle afterwards', async () => {
  const { archive, clock, archiver } = openArchiver();
  const [first, second] = [endedRecord(1), endedRecord(2)];
  vi.spyOn(archive, 'store').mockRejectedValueOnce(new OutageError('unavailable'));
  expect(await archiver.save(first)).toBe(false);
  expect(await archiver.save(second)).toBe(false);
  clock.advance(5_000);
  expect([await archiver.save(first), await archiver.save(second)]).toEqual([true, true]);
  expect([await archive.find(first.id), await archive.find(second.id)]).not.toContain(null);
});

test('a refused battle is logged once and does not block the next one', async () => {
  const { archive, log, archiver } = openArchiver();
  const [first, second] = [endedRecord(1), endedRecord(2)];
  vi.spyOn(archive, 'store').mockRejectedValueOnce(new RefusedValueError('no such value'));
  expect(await archiver.save(first)).toBe(true);
  expect(await archiver.save(second)).toBe(true);
  expect(await archive.find(second.id)).not.toBeNull();
  expect(log.lines.map(({ level, facts }) => [level, facts['battleId']])).toEqual([
    ['error', first.id],
  ]);
});

test('a battle that fails with an unknown error is logged and retried, and does not block the next one', async () => {
  const { archive, log, archiver } = openArchiver();
  const [first, second] = [endedRecord(1), endedRecord(2)];
  vi.spyOn(archive, 'store').mockRejectedValueOnce(new TypeError('a fault'));
  expect(await archiver.save(first)).toBe(false);
  expect(await archiver.save(second)).toBe(true);
  expect(await archiver.save(first)).toBe(true);
  expect(log.lines.map(({ message, facts }) => [message, facts['battleId']])).toEqual([
    ['battle save failed', first.id],
  ]);
});

test('save gives up after one second without an answer, and the next save does not wait', async () => {
  const { archive, clock, log, timing, archiver } = openArchiver();
  const [first, second] = [endedRecord(1), endedRecord(2)];
  const store = archive.store.bind(archive);
  let resume = () => {};
  const resumed = new Promise<void>((resolve) => {
    resume = resolve;
  });
  vi.spyOn(archive, 'store').mockImplementation((battle) => resumed.then(() => store(battle)));
  const saved = archiver.save(first);
  await timing.advance(999);
  expect(await Promise.race([saved, Promise.resolve('waiting')])).toBe('waiting');
  await timing.advance(1);
  expect(await saved).toBe(false);
  expect(await archiver.save(second)).toBe(false);
  expect(log.lines.map(({ message, facts }) => [message, facts['battleId']])).toEqual([
    ['battle archive unavailable', first.id],
  ]);
  resume();
  clock.advance(10_000);
  expect([await archiver.save(first), await archiver.save(second)]).toEqual([true, true]);
  expect(archive.battles.size).toBe(2);
});
