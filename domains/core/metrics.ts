import { modes } from './mode.ts';

interface Row {
  readonly help: string;
  readonly labels: readonly string[];
}

interface CounterRow extends Row {
  /** Labels that are shown with 0 from the start, so that an alert sees the first event. */
  readonly zero?: readonly Readonly<Record<string, string>>[];
}

interface HistogramRow extends Row {
  readonly buckets: readonly number[];
}

/** Names follow the conventions of Prometheus: base units, `_total` for what only grows. */
export const counterTable = {
  arena_matches_total: {
    help: 'Claimed matches, by kind: duel, shadow (after a wait), training or wild',
    labels: ['mode', 'kind'],
    zero: modes.map((mode) => ({ mode, kind: 'duel' })),
  },
  arena_expired_total: {
    help: 'Requests that left the queue because their time was over',
    labels: ['mode'],
    zero: modes.map((mode) => ({ mode })),
  },
  arena_battles_started_total: {
    help: 'Battles that this process has started, by opponent: duel, shadow or wild',
    labels: ['kind'],
  },
  arena_battles_ended_total: {
    help: 'Battles that this process has ended, by opponent and reason',
    labels: ['kind', 'reason'],
  },
  arena_turn_timeouts_total: {
    help: 'Turns that ended without a tap of a player',
    labels: [],
    zero: [{}],
  },
  telegram_updates_total: {
    help: 'Updates received, by kind: tap, message or other',
    labels: ['kind'],
    zero: [{ kind: 'tap' }, { kind: 'message' }],
  },
  telegram_failures_total: {
    help: 'Bot API calls that failed, by error code or network error',
    labels: ['reason'],
    zero: [{ reason: '401' }, { reason: '409' }, { reason: '429' }],
  },
  telegram_429_total: {
    help: 'Bot API calls refused by a rate limit, by scope: private, group or none (no chat)',
    labels: ['scope'],
    zero: [{ scope: 'private' }, { scope: 'group' }, { scope: 'none' }],
  },
  log_events_total: {
    help: 'Warnings and errors, by message; also those that the log leaves out as repeated',
    labels: ['level', 'event'],
  },
} as const satisfies Record<string, CounterRow>;

export const histogramTable = {
  arena_queue_wait_seconds: {
    help: 'Time in the queue, by outcome: match, shadow, cancelled or expired',
    labels: ['outcome'],
    buckets: [0.5, 1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600],
  },
  arena_battle_turns: {
    help: 'Turns of ended battles, by opponent: duel, shadow or wild',
    labels: ['kind'],
    buckets: [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30],
  },
  arena_tap_to_screen_seconds: {
    help: 'From the arrival of a tap or message to the answer of Telegram that shows its screen',
    labels: [],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30],
  },
  telegram_request_duration_seconds: {
    help: 'Attempts of Bot API calls, by method and outcome: ok, aborted, error code or network error',
    labels: ['method', 'outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  },
  update_lag_seconds: {
    help: 'Age of messages when they are received; Telegram dates them to the second',
    labels: [],
    buckets: [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 3600],
  },
} as const satisfies Record<string, HistogramRow>;

export type CounterName = keyof typeof counterTable;
export type HistogramName = keyof typeof histogramTable;
type Labels<T extends Row> = Readonly<Record<T['labels'][number], string>>;
export type CounterLabels<N extends CounterName> = Labels<(typeof counterTable)[N]>;
export type HistogramLabels<N extends HistogramName> = Labels<(typeof histogramTable)[N]>;

/** Where figures go. Never throws. */
export interface Metrics {
  count<N extends CounterName>(name: N, labels: CounterLabels<N>): void;
  /** In seconds, unless the name says otherwise. */
  observe<N extends HistogramName>(name: N, value: number, labels: HistogramLabels<N>): void;
}

export const noMetrics: Metrics = { count: () => undefined, observe: () => undefined };

export function allMetrics(...all: readonly Metrics[]): Metrics {
  return {
    count: (...figure) => {
      for (const one of all) one.count(...figure);
    },
    observe: (...figure) => {
      for (const one of all) one.observe(...figure);
    },
  };
}
