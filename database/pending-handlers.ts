import { type SQL, and, asc, eq, inArray, lte } from 'drizzle-orm';
import { type PendingHandlers, retryDelayMs } from '../domains/combat/battle-handler.ts';
import type { Clock } from '../domains/core/clock.ts';
import { SqlBattleArchive } from './battle-archive.ts';
import { type StoredHandler, inSavepoint, lockFighters } from './battle-handlers.ts';
import type { Database } from './database.ts';
import { pendingHandlers } from './schema.ts';

export interface PendingHandlersDeps {
  readonly db: Database;
  readonly handlers: readonly StoredHandler[];
  readonly clock: Clock;
}

type Row = typeof pendingHandlers.$inferSelect;

const AT_ONCE = 100;

export class SqlPendingHandlers implements PendingHandlers {
  readonly #deps: PendingHandlersDeps;

  constructor(deps: PendingHandlersDeps) {
    this.#deps = deps;
  }

  async retryDue(): Promise<number> {
    const nowMs = this.#deps.clock.now();
    if (!(await this.#isAnyDue(nowMs))) return 0;
    let count = 0;
    while (count < AT_ONCE && (await this.#retryOne(nowMs))) count += 1;
    return count;
  }

  /** Usually none is: this takes one query, a transaction three. */
  async #isAnyDue(nowMs: number): Promise<boolean> {
    const { battle_id: id } = pendingHandlers;
    const found = this.#deps.db.select({ id }).from(pendingHandlers).where(this.#isDue(nowMs));
    return (await found.limit(1)).length > 0;
  }

  /** In one transaction with what the handler writes; false if none is due. */
  async #retryOne(nowMs: number): Promise<boolean> {
    return this.#deps.db.transaction(async (tx) => {
      const row = await this.#take(tx, nowMs);
      if (row === null) return false;
      const tried = await inSavepoint(tx, (inner) => this.#run(inner, row));
      await (tried.kind === 'done' ? remove(tx, row) : reschedule(tx, row, nowMs));
      return true;
    });
  }

  /** Locks the row until the transaction ends and skips rows locked by other processes. */
  async #take(tx: Database, nowMs: number): Promise<Row | null> {
    const [row] = await tx
      .select()
      .from(pendingHandlers)
      .where(this.#isDue(nowMs))
      .orderBy(asc(pendingHandlers.next_attempt_at))
      .limit(1)
      .for('update', { skipLocked: true });
    return row ?? null;
  }

  /** Handlers of other releases stay pending. */
  #isDue(nowMs: number): SQL | undefined {
    const known = this.#deps.handlers.map(({ name }) => name);
    const isTime = lte(pendingHandlers.next_attempt_at, new Date(nowMs));
    return and(isTime, inArray(pendingHandlers.handler, known));
  }

  async #run(tx: Database, { battle_id, handler }: Row): Promise<void> {
    const ended = await new SqlBattleArchive(tx).find(battle_id);
    const known = this.#deps.handlers.find(({ name }) => name === handler);
    if (ended === null || known === undefined) throw new Error('unknown battle or handler');
    await lockFighters(tx, ended);
    await known.run(tx, ended);
  }
}

async function remove(tx: Database, row: Row): Promise<void> {
  await tx.delete(pendingHandlers).where(isRow(row));
}

async function reschedule(tx: Database, row: Row, nowMs: number): Promise<void> {
  const attempts = row.attempts + 1;
  const next_attempt_at = new Date(nowMs + retryDelayMs(attempts));
  await tx.update(pendingHandlers).set({ attempts, next_attempt_at }).where(isRow(row));
}

function isRow({ battle_id, handler }: Row) {
  return and(eq(pendingHandlers.battle_id, battle_id), eq(pendingHandlers.handler, handler));
}
