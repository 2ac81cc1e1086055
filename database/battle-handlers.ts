import type { ArchivedBattle } from '../domains/combat/battle-archive.ts';
import { type BattleHandler, retryDelayMs } from '../domains/combat/battle-handler.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { Database } from './database.ts';
import { lockCharacters } from './lock-characters.ts';
import { isSerializationFailure } from './retry-on-serialization-failure.ts';
import { pendingHandlers } from './schema.ts';

/** Reads the rows that a handler needs and writes those that it returns. */
export interface HandlerRows<Before, After> {
  read(tx: Database, ended: ArchivedBattle): Promise<Before>;
  write(tx: Database, after: After): Promise<void>;
}

export interface StoredHandler {
  readonly name: string;
  /** In a transaction that has locked the battle's characters. */
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

/** Runs the handlers of a battle in the transaction that stores it. */
export class BattleHandlers {
  readonly #deps: BattleHandlersDeps;

  constructor(deps: BattleHandlersDeps) {
    this.#deps = deps;
  }

  /** Returns the failures; their handlers are pending now. */
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

  /** To be called after the commit, when the handlers are certainly pending. */
  logFailures(failures: readonly HandlerFailure[]): void {
    for (const failure of failures) this.#deps.log.error({ ...failure }, 'battle handler failed');
  }

  async #savePending(tx: Database, failures: readonly HandlerFailure[]): Promise<void> {
    if (failures.length === 0) return;
    const next_attempt_at = new Date(this.#deps.clock.now() + retryDelayMs(1));
    const rows = failures.map(({ battleId, handler }) => ({
      battle_id: battleId,
      handler,
      attempts: 1,
      next_attempt_at,
    }));
    await tx.insert(pendingHandlers).values(rows);
  }
}

/**
 * To be called first, so that nothing that handlers read changes before they write. Answers the characters that
 * exist.
 */
export async function lockFighters(
  tx: Database,
  { sides }: ArchivedBattle,
): Promise<ReadonlySet<number>> {
  const locked = await lockCharacters(
    tx,
    sides.flatMap(({ charId }) => charId ?? []),
  );
  return new Set(locked.map(({ id }) => id));
}

type Tried = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly error: unknown };

/** A failure rolls back `work` only. A lost connection fails the transaction at its next query. */
export async function inSavepoint(
  tx: Database,
  work: (inner: Database) => Promise<void>,
): Promise<Tried> {
  try {
    await tx.transaction(work);
    return { kind: 'done' };
  } catch (error) {
    if (isSerializationFailure(error)) throw error;
    return { kind: 'failed', error };
  }
}
