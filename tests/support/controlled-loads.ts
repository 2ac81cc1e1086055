import { expect } from 'vitest';
import type { Character } from '../../domains/account/character.ts';

interface Waiting {
  readonly resolve: (characters: Character[]) => void;
  readonly reject: (error: Error) => void;
}

/** Pending reads of a repository that the test resolves or rejects, the oldest first. */
export class ControlledLoads {
  readonly #waiting: Waiting[] = [];
  #count = 0;

  readonly load = (): Promise<Character[]> => {
    this.#count += 1;
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  };

  count(): number {
    return this.#count;
  }

  async started(count: number): Promise<void> {
    await expect.poll(() => this.#count).toBe(count);
  }

  resolveNext(characters: Character[]): void {
    this.#next(this.#waiting.shift()).resolve(characters);
  }

  rejectNext(error: Error): void {
    this.#next(this.#waiting.shift()).reject(error);
  }

  #next(waiting: Waiting | undefined): Waiting {
    if (waiting === undefined) throw new Error('no pending read');
    return waiting;
  }
}
