import { quantile } from '../../tests/support/combat-series.ts';

export class Sample {
  #ascending: number[] = [];
  #isSorted = true;

  constructor(values: readonly number[] = []) {
    for (const value of values) this.add(value);
  }

  add(value: number): void {
    this.#ascending.push(value);
    this.#isSorted = false;
  }

  get count(): number {
    return this.#ascending.length;
  }

  /** 0 without values. */
  get mean(): number {
    const sum = this.#ascending.reduce((total, value) => total + value, 0);
    return this.count === 0 ? 0 : sum / this.count;
  }

  /** The quantile, as 0.95 for p95; 0 without values. */
  at(share: number): number {
    if (!this.#isSorted) this.#ascending.sort((one, other) => one - other);
    this.#isSorted = true;
    return this.count === 0 ? 0 : quantile(this.#ascending, share);
  }
}
