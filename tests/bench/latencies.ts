import { quantile } from '../support/combat-series.ts';

/** Durations in ms, and what is worth telling of them. */
export class Latencies {
  readonly #all: number[] = [];

  add(ms: number): void {
    this.#all.push(ms);
  }

  get count(): number {
    return this.#all.length;
  }

  /** The duration that the share of all stays below; 0 where there are none. */
  at(share: number): number {
    const ascending = this.#all.toSorted((one, other) => one - other);
    return ascending.length === 0 ? 0 : quantile(ascending, share);
  }

  /** `p50 12.3 ms, p99 45.6 ms, longest 70.1 ms`. */
  toString(): string {
    const ms = (share: number) => `${this.at(share).toFixed(1)} ms`;
    return `p50 ${ms(0.5)}, p99 ${ms(0.99)}, longest ${ms(1)}`;
  }
}
