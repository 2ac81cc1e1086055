import { expect, test, vi } from 'vitest';
import { BattleRecorder } from '../../../domains/combat/battle-recorder.ts';
import { surrender, timeOut } from '../../../domains/combat/battle-session.ts';
import { freshBattle, turnRules } from '../../support/battle-setup.ts';
import { RecordedMetrics } from '../../support/recorded-metrics.ts';
import { silentLog } from '../../support/silent-log.ts';
import { unobserved } from '../../support/unobserved.ts';

function recorder() {
  const metrics = new RecordedMetrics();
  const log = { ...silentLog, debug: vi.fn() };
  const observer = { ...unobserved, battleEnded: vi.fn(() => Promise.resolve()) };
  return { metrics, log, observer, recorder: new BattleRecorder({ observer, metrics, log }) };
}

test('a battle is logged at debug and counted once at its start and once at its end', async () => {
  const opened = recorder();
  const started = freshBattle();
  opened.recorder.battleStarted(started, false);
  const ended = surrender(started, 1, 5_000) ?? started;
  await opened.recorder.battleEnded(ended, 0, started);
  await opened.recorder.battleEnded(ended, 1, started);
  const charIds = started.sides.map(({ charId }) => charId);
  expect(opened.log.debug.mock.calls).toEqual([
    [{ battleId: started.id, charIds }, 'battle started'],
    [{ battleId: started.id, charIds, reason: 'surrender', winner: 0, turn: 1 }, 'battle ended'],
  ]);
  expect(opened.metrics.counts).toEqual({
    'arena_battles_started_total duel': 1,
    'arena_battles_ended_total duel surrender': 1,
  });
  expect(opened.metrics.observed).toEqual([
    { name: 'arena_battle_turns', value: 1, labels: { kind: 'duel' } },
  ]);
  expect(opened.observer.battleEnded).toHaveBeenCalledTimes(2);
});

test('each side that did not tap in a turn is counted, also in the last turn', async () => {
  const { recorder: counting, metrics } = recorder();
  const missed = () => metrics.counts['arena_turn_timeouts_total'] ?? 0;
  const before = freshBattle();
  const after = timeOut(before, before.turnEndsAtMs, turnRules) ?? before;
  counting.battleMoved(after, before);
  expect(missed()).toBe(2);
  counting.battleMoved({ ...after, turnEndsAtMs: after.turnEndsAtMs + 1 }, after);
  expect(missed()).toBe(2);
  await counting.battleEnded(after, 0, before);
  await counting.battleEnded(after, 1, before);
  expect(missed()).toBe(4);
});
