import type { ArchivedBattle } from '../domains/combat/battle-archive.ts';
import { type BattleHandler, retryDelayMs } from '../domains/combat/battle-handler.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { Database } from './database.ts';
import { lockCharacters } from './lock-characters.ts';
import { isSerializationFailure } from './retry-on-serialization-failure.ts';
import { pendingHandlers } from './schema.ts';

/** Reads the rows that a handler needs, and writes the rows that it returns. */
export interface HandlerRows<Before, After> {
  read(tx: Database, ended: ArchivedBattle): Promise<Before>;
  write(tx: Database, after: After): Promise<void>;
}

/** A handler with its rows. */
export interface StoredHandler {
  readonly name: string;
  /** In a transaction that holds the battle's characters. */
  run(tx: Database, ended: ArchivedBattle): Promise<void>;
}

export function storedHandler<Before, After>(
  handler: BattleHandler<Before, After>,
  rows: HandlerRows<Before, After>,
): StoredHandler {
  return {
    name: handler.name,
    run: async (tx, ended) => rows.write(tx, handler.apply(ended, await rows.read(tx, ended))),
  };
}

export interface HandlerFailure {
  readonly battleId: string;
  readonly handler: string;
  readonly err: unknown;
}

export interface BattleHandlersDeps {
  readonly handlers: readonly StoredHandler[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Runs what follows from a battle in the transaction that stores it. */
export class BattleHandlers {
  readonly #deps: BattleHandlersDeps;

  constructor(deps: BattleHandlersDeps) {
    this.#deps = deps;
  }

  /** Answers which failed; those are pending now. */
  async runAll(tx: Database, ended: ArchivedBattle): Promise<HandlerFailure[]> {
    const failures: HandlerFailure[] = [];
    for (const handler of this.#deps.handlers) {
      const tried = await inSavepoint(tx, (inner) => handler.run(inner, ended));
      if (tried.kind === 'failed')
        failures.push({ battleId: ended.id, handler: handler.name, err: tried.error });
    }
    await this.#savePending(tx, failures);
    return failures;
  }

  /** Once for each, when it is certain that they are pending. */
  logFailures(failures: readonly HandlerFailure[]): void {
    for (const failure of failures)
      this.#deps.log.error({ ...failure }, 'battle handler failed; retry follows');
  }

  async #savePending(tx: Database, failures: readonly HandlerFailure[]): Promise<void> {
    if (failures.length === 0) return;
    const next_attempt_at = new Date(this.#deps.clock.now() + retryDelayMs(1));
    const rows = failures.map(({ battleId, handler }) => ({
      ...{ battle_id: battleId, handler, attempts: 1, next_attempt_at },
    }));
    await tx.insert(pendingHandlers).values(rows);
  }
}

/** First of all: nobody else changes what the handlers read before they have written. */
export async function lockFighters(tx: Database, { sides }: ArchivedBattle): Promise<void> {
  await lockCharacters(
    tx,
    sides.flatMap(({ charId }) => charId ?? []),
  );
}

type Tried = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly error: unknown };

/**
 * What has failed leaves nothing behind, and the transaction goes on. A lost connection fails it all
 * the same, at the next query.
 */
export async function inSavepoint(
  tx: Database,
  work: (inner: Database) => Promise<void>,
): Promise<Tried> {
  try {
    await tx.transaction(work);
    return { kind: 'done' };
  } catch (error) {
    // For the whole transaction to be done again.
    if (isSerializationFailure(error)) throw error;
    return { kind: 'failed', error };
  }
}
