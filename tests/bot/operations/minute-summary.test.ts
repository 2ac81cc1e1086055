import { expect, test } from 'vitest';
import { ActivePlayers } from '../../../bot/operations/active-players.ts';
import { logMinute } from '../../../bot/operations/minute-summary.ts';
import { MinuteTally } from '../../../bot/operations/minute-tally.ts';
import type { ArenaFigures } from '../../../domains/arena/arena-figures.ts';
import { FixedClock } from '../../support/clock.ts';
import { RecordingLog } from '../../support/recording-log.ts';

const busy: ArenaFigures = {
  waiting: [{ mode: '1v1', count: 3 }],
  longestWaitMs: 12_400,
  battles: 2,
  claims: 0,
  oldestClaimMs: 0,
};

function summary(figures: () => Promise<ArenaFigures>) {
  const clock = new FixedClock();
  const log = new RecordingLog();
  const [tally, activePlayers] = [new MinuteTally(), new ActivePlayers(clock)];
  const deps = { tally, activePlayers, figures, rss: () => 134_200_000, log };
  return {
    clock,
    tally,
    activePlayers,
    logged: () => log.lines.splice(0),
    log: () => logMinute(deps),
  };
}

test('the line of a minute names players, searches, battles, calls, failures, waits and memory', async () => {
  const { tally, activePlayers, logged, log } = summary(() => Promise.resolve(busy));
  for (const userId of [1, 2, 2, 3, 4, 5]) activePlayers.seen(userId);
  tally.count('arena_battles_started_total', { kind: 'duel' });
  for (const kind of ['duel', 'duel', 'shadow'])
    tally.count('arena_battles_ended_total', { kind, reason: 'knockout' });
  tally.count('arena_expired_total', { mode: '1v1' });
  for (const method of ['getUpdates', 'sendMessage', 'sendMessage', 'getWebhookInfo'])
    tally.observe('telegram_request_duration_seconds', 1, { method, outcome: 'ok' });
  for (const reason of ['429', '429', '502']) tally.count('telegram_failures_total', { reason });
  for (let ms = 100; ms > 0; ms -= 1) tally.observe('arena_tap_to_screen_seconds', ms / 1000, {});
  await log();
  const facts = {
    players: 5,
    searching: 3,
    longestS: 12,
    running: 2,
    started: 1,
    ended: 3,
    shadows: 1,
    expired: 1,
    calls: 2,
    failed: { '429': 2, '502': 1 },
    p50Ms: 50,
    p99Ms: 99,
    rssMb: 134,
  };
  expect(logged()).toEqual([{ level: 'info', facts, message: 'last minute' }]);
});

test('a minute in which nothing happened has no line, and each minute begins at zero', async () => {
  const { clock, tally, activePlayers, logged, log } = summary(() => Promise.resolve(busy));
  tally.observe('telegram_request_duration_seconds', 8, { method: 'getUpdates', outcome: 'ok' });
  await log();
  expect(logged()).toEqual([]);
  activePlayers.seen(1);
  tally.count('telegram_failures_total', { reason: '502' });
  await log();
  expect(logged()[0]?.facts).toMatchObject({ players: 1, failed: { '502': 1 } });
  clock.advance(60_001);
  await log();
  expect(logged()).toEqual([]);
});

test('a minute of failures alone has a line', async () => {
  const { tally, logged, log } = summary(() => Promise.resolve(busy));
  tally.count('telegram_failures_total', { reason: '409' });
  await log();
  expect(logged()).toHaveLength(1);
});

test('without Redis the line says what this process knows', async () => {
  const { activePlayers, logged, log } = summary(() => Promise.reject(new Error('no answer')));
  activePlayers.seen(1);
  await log();
  const facts = { players: 1, started: 0, ended: 0, shadows: 0, expired: 0, calls: 0, rssMb: 134 };
  expect(logged()).toEqual([{ level: 'info', facts, message: 'last minute' }]);
});
