import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { type AccountContext, accountForm } from '../domains/account/account-context.ts';
import type { SavedSessions } from '../domains/account/saved-sessions.ts';
import type { Log } from '../domains/core/log.ts';
import { readVersion } from '../domains/core/versioned.ts';
import type { Database } from './database.ts';
import { characters, savedSessions } from './schema.ts';

/** Live sessions in PostgreSQL, as they last were. */
export class SqlSavedSessions implements SavedSessions {
  readonly #db: Database;
  readonly #log: Log;
  readonly #told = new Set<number>();

  constructor({ db, log }: { readonly db: Database; readonly log: Log }) {
    this.#db = db;
    this.#log = log;
  }

  async save(charId: number, context: AccountContext, savedAt: string): Promise<boolean> {
    const at = new Date(savedAt);
    return this.#db.transaction(async (tx) => {
      if (!(await lockCharacter(tx, charId))) return false;
      const { version } = accountForm;
      if (await keepIfNewer(tx, { character_id: charId, context, version, saved_at: at })) {
        await tx
          .update(characters)
          .set({ ...snapshotOf(context), last_seen_at: at, updated_at: sql`now()` })
          .where(eq(characters.id, charId));
      }
      return true;
    });
  }

  async load(charId: number): Promise<AccountContext | null> {
    const [row] = await this.#db
      .select()
      .from(savedSessions)
      .where(eq(savedSessions.character_id, charId));
    if (row === undefined) return null;
    const context = readVersion(accountForm, row.version, row.context);
    if (context !== null) return context;
    this.#tellOnce(charId, row.version);
    return null;
  }

  async delete(charId: number): Promise<void> {
    await this.#db.delete(savedSessions).where(eq(savedSessions.character_id, charId));
  }

  #tellOnce(charId: number, form: number): void {
    if (this.#told.has(charId)) return;
    this.#told.add(charId);
    this.#log.warn({ charId, form }, 'a saved session cannot be read and is passed over');
  }
}

async function lockCharacter(tx: Database, charId: number): Promise<boolean> {
  const found = await tx
    .select({ id: characters.id })
    .from(characters)
    .where(and(eq(characters.id, charId), isNull(characters.deleted_at)))
    .for('no key update');
  return found.length > 0;
}

async function keepIfNewer(
  tx: Database,
  session: typeof savedSessions.$inferInsert,
): Promise<boolean> {
  const kept = await tx
    .insert(savedSessions)
    .values(session)
    .onConflictDoUpdate({
      target: savedSessions.character_id,
      set: session,
      // What a later release wrote is not for this one to replace.
      setWhere: sql`${lte(savedSessions.saved_at, session.saved_at)} and ${lte(savedSessions.version, session.version)}`,
    })
    .returning({ id: savedSessions.character_id });
  return kept.length > 0;
}

/** An unfinished character's vitals are nobody's yet: they would cap those of its archetype. */
function snapshotOf({ state, stats, location }: AccountContext) {
  const where = { location_id: location.current };
  return state === 'ONBOARDING' ? where : { ...where, vitals_snapshot: stats };
}
