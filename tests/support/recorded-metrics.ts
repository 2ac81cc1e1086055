import type {
  CounterLabels,
  CounterName,
  HistogramLabels,
  HistogramName,
  Metrics,
} from '../../domains/core/metrics.ts';

export interface Observed {
  readonly name: HistogramName;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

export class RecordedMetrics implements Metrics {
  /** By name and labels: `arena_matches_total 1v1 duel`. */
  readonly counts: Record<string, number> = {};
  readonly observed: Observed[] = [];

  count<N extends CounterName>(name: N, labels: CounterLabels<N>): void {
    const key = [name, ...Object.values(labels)].join(' ');
    this.counts[key] = (this.counts[key] ?? 0) + 1;
  }

  observe<N extends HistogramName>(name: N, value: number, labels: HistogramLabels<N>): void {
    this.observed.push({ name, value, labels });
  }
}
