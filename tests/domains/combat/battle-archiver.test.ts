import { expect, test, vi } from 'vitest';
import { BattleArchiver } from '../../../domains/combat/battle-archiver.ts';
import { RefusedValueError } from '../../../domains/core/refused-value-error.ts';
import { endedRecord } from '../../support/archived-battles.ts';
import { FixedClock } from '../../support/clock.ts';
import { ManualTiming } from '../../support/manual-timing.ts';
import { MemoryBattleArchive } from '../../support/memory-battle-archive.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';

function openKeeper() {
  const [archive, clock, log] = [new MemoryBattleArchive(), new FixedClock(), new RecordingLog()];
  const timing = new ManualTiming();
  const wait = timing.wait.bind(timing);
  return { archive, clock, log, timing, keeper: new BattleArchiver({ archive, clock, log, wait }) };
}

test('while the archive is away a battle is to be brought again, and then it is kept', async () => {
  const { archive, clock, keeper } = openKeeper();
  const [first, second] = [endedRecord(1), endedRecord(2)];
  vi.spyOn(archive, 'store').mockRejectedValueOnce(new OutageError('away'));
  expect(await keeper.save(first)).toBe(false);
  expect(await keeper.save(second)).toBe(false);
  clock.advance(5_000);
  expect([await keeper.save(first), await keeper.save(second)]).toEqual([true, true]);
  expect([await archive.find(first.id), await archive.find(second.id)]).not.toContain(null);
});

test('a battle that can never be kept is told of, and keeps no other from being kept', async () => {
  const { archive, log, keeper } = openKeeper();
  const [first, second] = [endedRecord(1), endedRecord(2)];
  vi.spyOn(archive, 'store').mockRejectedValueOnce(new RefusedValueError('no such value'));
  expect(await keeper.save(first)).toBe(true);
  expect(await keeper.save(second)).toBe(true);
  expect(await archive.find(second.id)).not.toBeNull();
  expect(log.lines.map(({ level, facts }) => [level, facts['battleId']])).toEqual([
    ['error', first.id],
  ]);
});

test('a battle that fails for a fault of ours is logged, tried again and keeps no other waiting', async () => {
  const { archive, log, keeper } = openKeeper();
  const [first, second] = [endedRecord(1), endedRecord(2)];
  vi.spyOn(archive, 'store').mockRejectedValueOnce(new TypeError('a fault'));
  expect(await keeper.save(first)).toBe(false);
  expect(await keeper.save(second)).toBe(true);
  expect(await keeper.save(first)).toBe(true);
  expect(log.lines.map(({ message, facts }) => [message, facts['battleId']])).toEqual([
    ['battle save failed', first.id],
  ]);
});

test('an archive that does not answer is waited for one second, and the next battle not at all', async () => {
  const { archive, clock, log, timing, keeper } = openKeeper();
  const [first, second] = [endedRecord(1), endedRecord(2)];
  const store = archive.store.bind(archive);
  let thaw = () => {};
  const thawed = new Promise<void>((resolve) => {
    thaw = resolve;
  });
  vi.spyOn(archive, 'store').mockImplementation((battle) => thawed.then(() => store(battle)));
  const kept = keeper.save(first);
  await timing.advance(999);
  expect(await Promise.race([kept, Promise.resolve('waiting')])).toBe('waiting');
  await timing.advance(1);
  expect(await kept).toBe(false);
  expect(await keeper.save(second)).toBe(false);
  expect(log.lines.map(({ message, facts }) => [message, facts['battleId']])).toEqual([
    ['battle archive unavailable', first.id],
  ]);
  thaw();
  clock.advance(10_000);
  expect([await keeper.save(first), await keeper.save(second)]).toEqual([true, true]);
  expect(archive.battles.size).toBe(2);
});
