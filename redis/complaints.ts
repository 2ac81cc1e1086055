/** More broken keys than this, and the first may be told of again. */
const REMEMBERED = 1_000;

/** So that what is broken says so once, however often it is met. */
export class Complaints {
  readonly #told = new Set<string>();

  isNew(complaint: string): boolean {
    if (this.#told.has(complaint)) return false;
    if (this.#told.size >= REMEMBERED) this.#told.clear();
    this.#told.add(complaint);
    return true;
  }
}
