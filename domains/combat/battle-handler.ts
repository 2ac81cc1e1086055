import type { ArchivedBattle } from './battle-archive.ts';

/**
 * What follows from an ended battle for its characters. It is pure: from the battle and the facts that
 * its transaction has read come the rows to write. Facts are read under a lock on the characters, and
 * a battle's result and what follows from it are written together, exactly once.
 */
export interface BattleHandler<Before, After> {
  /** Stored while the handler is to be repeated: it stays, and never becomes another handler's. */
  readonly name: string;
  apply(ended: ArchivedBattle, before: Before): After;
}

/** Handlers that failed; each is repeated, by whatever process, until it has succeeded once. */
export interface PendingHandlers {
  /** Runs the handlers that are due again; answers how many were run. */
  retryDue(): Promise<number>;
}

const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 3_600_000;

/** How long a handler is left alone that has failed so often. */
export function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
}
