import { Sample } from './sample.ts';

export class Latencies extends Sample {
  /** `p50 12.3 ms, p99 45.6 ms, longest 70.1 ms`. */
  override toString(): string {
    const ms = (share: number) => `${this.at(share).toFixed(1)} ms`;
    return `p50 ${ms(0.5)}, p99 ${ms(0.99)}, longest ${ms(1)}`;
  }
}
