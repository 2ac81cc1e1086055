import type {
  CounterLabels,
  CounterName,
  HistogramLabels,
  HistogramName,
  Metrics,
} from '../../domains/core/metrics.ts';

/** Enough for exact percentiles of a busy minute. */
const MAX_SAMPLES = 20_000;
/** What goes on when nothing happens. */
const idleCalls: ReadonlySet<unknown> = new Set(['getUpdates', 'getWebhookInfo']);

/** What has happened since the last summary. */
export interface Tally {
  readonly started: number;
  readonly ended: number;
  /** Of the ended ones: against a Shadow. */
  readonly shadows: number;
  readonly expired: number;
  /** Without those that ask for updates. */
  readonly calls: number;
  readonly failed: Readonly<Record<string, number>>;
  /** Sorted, in ms. */
  readonly screensMs: readonly number[];
}

type Labels = Readonly<Record<string, string | undefined>>;

/** Adds figures up for the summary of a minute. */
export class MinuteTally implements Metrics {
  #counts = new Map<string, number>();
  #failed = new Map<string, number>();
  #screensMs: number[] = [];

  count<N extends CounterName>(name: N, labels: CounterLabels<N>): void {
    const { kind, reason = '' }: Labels = labels;
    increase(this.#counts, name);
    if (kind === 'shadow') increase(this.#counts, `${name} ${kind}`);
    if (name === 'telegram_failures_total') increase(this.#failed, reason);
  }

  observe<N extends HistogramName>(name: N, value: number, labels: HistogramLabels<N>): void {
    const { method }: Labels = labels;
    if (!idleCalls.has(method)) increase(this.#counts, name);
    const isScreen = name === 'arena_tap_to_screen_seconds';
    if (isScreen && this.#screensMs.length < MAX_SAMPLES) this.#screensMs.push(value * 1000);
  }

  /** What has been counted so far; counting begins at zero again. */
  take(): Tally {
    const [counts, failed, screensMs] = [this.#counts, this.#failed, this.#screensMs];
    this.#counts = new Map();
    this.#failed = new Map();
    this.#screensMs = [];
    const of = (name: string) => counts.get(name) ?? 0;
    return {
      started: of('arena_battles_started_total'),
      ended: of('arena_battles_ended_total'),
      shadows: of('arena_battles_ended_total shadow'),
      expired: of('arena_expired_total'),
      calls: of('telegram_request_duration_seconds'),
      failed: Object.fromEntries(failed),
      screensMs: screensMs.toSorted((one, other) => one - other),
    };
  }
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
