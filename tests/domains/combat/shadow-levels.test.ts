import { expect, test, vi } from 'vitest';
import { ShadowLevels } from '../../../domains/combat/shadow-levels.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { archivedBattle } from '../../support/archived-battles.ts';
import { FixedClock } from '../../support/clock.ts';
import { ManualTiming } from '../../support/manual-timing.ts';
import { MemoryBattleArchive } from '../../support/memory-battle-archive.ts';
import { RecordingLog } from '../../support/recording-log.ts';

function openLevels() {
  const [archive, clock, log] = [new MemoryBattleArchive(), new FixedClock(), new RecordingLog()];
  const timing = new ManualTiming();
  const wait = timing.wait.bind(timing);
  return { archive, clock, log, timing, levels: new ShadowLevels({ archive, clock, log, wait }) };
}

test('reachedBy rises with the finished battles, those against the Shadow included', async () => {
  const { archive, levels } = openLevels();
  const reached = [await levels.reachedBy(1)];
  for (const n of [1, 7, 2, 3, 14]) {
    await archive.store(archivedBattle(n));
    reached.push(await levels.reachedBy(1));
  }
  const expected = ['novice', 'novice', 'apprentice', 'apprentice', 'apprentice', 'master'];
  expect(reached).toEqual(expected);
  expect(await levels.reachedBy(3)).toBe('novice');
});

test('reachedBy returns null in an outage of the archive, which is logged once', async () => {
  const { archive, clock, log, levels } = openLevels();
  vi.spyOn(archive, 'countOf').mockRejectedValue(new OutageError('unavailable'));
  expect([await levels.reachedBy(1), await levels.reachedBy(2)]).toEqual([null, null]);
  clock.advance(5_000);
  expect(await levels.reachedBy(1)).toBeNull();
  expect(log.lines.map(({ message }) => message)).toEqual(['shadow levels unavailable']);
});

test('reachedBy returns null after one second without an answer', async () => {
  const { archive, timing, levels } = openLevels();
  vi.spyOn(archive, 'countOf').mockReturnValue(new Promise(() => undefined));
  const reached = levels.reachedBy(1);
  await timing.advance(1_000);
  expect(await reached).toBeNull();
});
