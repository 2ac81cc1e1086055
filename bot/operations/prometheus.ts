import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import {
  type CounterLabels,
  type CounterName,
  type HistogramLabels,
  type HistogramName,
  type Metrics,
  counterTable,
  histogramTable,
} from '../../domains/core/metrics.ts';
import { type Reading, gaugeTable, outboxTable } from './gauges.ts';

/** Gauges of prom-client whose names say that they are counters. */
const misnamed = ['handles', 'requests', 'resources'].map((one) => `nodejs_active_${one}_total`);

/**
 * Figures in the text format of Prometheus. prom-client 15 is the last line that runs on Node 20; its
 * successor needs 22.
 */
export class Prometheus implements Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #histograms = new Map<string, Histogram>();

  constructor() {
    const registers = [this.#registry];
    for (const [name, row] of Object.entries(counterTable)) {
      const counter = new Counter({ ...named(name, row), registers });
      for (const labels of 'zero' in row ? row.zero : []) counter.inc(labels, 0);
      this.#counters.set(name, counter);
    }
    for (const [name, row] of Object.entries(histogramTable)) {
      const buckets = [...row.buckets];
      this.#histograms.set(name, new Histogram({ ...named(name, row), buckets, registers }));
    }
    collectDefaultMetrics({ register: this.#registry });
    for (const name of misnamed) this.#registry.removeSingleMetric(name);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  count<N extends CounterName>(name: N, labels: CounterLabels<N>): void {
    this.#counters.get(name)?.inc(labels);
  }

  observe<N extends HistogramName>(name: N, value: number, labels: HistogramLabels<N>): void {
    this.#histograms.get(name)?.observe(labels, value);
  }

  /** All figures, these readings among them. */
  async text(readings: readonly Reading[]): Promise<string> {
    const counted = await this.#registry.metrics();
    return `${counted.trimEnd()}\n\n${await textOf(readings)}`;
  }
}

/** A registry for each answer: what was not read this time is not shown. */
async function textOf(readings: readonly Reading[]): Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  const read = new Map<string, Gauge | Counter>();
  for (const [name, row] of Object.entries(gaugeTable))
    read.set(name, new Gauge({ ...named(name, row), registers }));
  for (const [name, row] of Object.entries(outboxTable))
    read.set(name, new Counter({ ...named(name, row), registers }));
  for (const { name, labels = {}, value } of readings) read.get(name)?.inc(labels, value);
  return registry.metrics();
}

function named(name: string, { help, labels }: { help: string; labels: readonly string[] }) {
  return { name, help, labelNames: [...labels] };
}
