import { quantile } from '../../tests/support/combat-series.ts';

/** Numbers of one kind, and what is worth telling of them. */
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

  /** 0 where there are none. */
  get mean(): number {
    const sum = this.#ascending.reduce((total, value) => total + value, 0);
    return this.count === 0 ? 0 : sum / this.count;
  }

  /** The value that the share of all stays below; 0 where there are none. */
  at(share: number): number {
    if (!this.#isSorted) this.#ascending.sort((one, other) => one - other);
    this.#isSorted = true;
    return this.count === 0 ? 0 : quantile(this.#ascending, share);
  }
}
