import type { ArchivedBattle } from './battle-archive.ts';

/**
 * Computes an effect of an ended battle on its characters, such as their records. Pure: the
 * transaction reads `before` under a lock on them, and writes the answer together with the battle.
 */
export interface BattleHandler<Before, After> {
  /** Stored with retries, so it never changes and is never reused. */
  readonly name: string;
  apply(ended: ArchivedBattle, before: Before): After;
}

/** Failed handlers, repeated by any process until they succeed. */
export interface PendingHandlers {
  /** Answers how many handlers were run. */
  retryDue(): Promise<number>;
}

const FIRST_RETRY_MS = 10_000;
const MAX_RETRY_MS = 3_600_000;

/** The delay before the next attempt; `attempts` counts those that failed. */
export function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), MAX_RETRY_MS);
}
