import { eq, sql } from 'drizzle-orm';
import { type AccountContext, accountFormat } from '../domains/account/account-context.ts';
import type { SaveReply, SavedSessions, SessionToSave } from '../domains/account/saved-sessions.ts';
import type { Log } from '../domains/core/log.ts';
import { NewerRecordError } from '../domains/core/newer-record-error.ts';
import { LogOnce } from '../domains/core/log-once.ts';
import { readVersion } from '../domains/core/versioned.ts';
import type { Database } from './database.ts';
import { lockCharacters } from './lock-characters.ts';
import { isOutage } from './outage.ts';
import { characters, savedSessions } from './schema.ts';

type Row = typeof savedSessions.$inferSelect;

/** By character; without those that are missing. */
type Saved = ReadonlyMap<number, 'saved' | 'older'>;

export class SqlSavedSessions implements SavedSessions {
  readonly #db: Database;
  readonly #log: Log;
  readonly #logged = new LogOnce();

  constructor({ db, log }: { readonly db: Database; readonly log: Log }) {
    this.#db = db;
    this.#log = log;
  }

  async save(sessions: readonly SessionToSave[]): Promise<SaveReply[]> {
    if (sessions.length === 0) return [];
    try {
      const saved = await this.#db.transaction((tx) => saveAll(tx, sessions));
      return sessions.map(({ charId }) => saved.get(charId) ?? 'missing');
    } catch (error) {
      if (isOutage(error)) throw error;
      return this.#saveInHalves(sessions, error);
    }
  }

  async load(charId: number): Promise<AccountContext | null> {
    const [row] = await this.#db
      .select()
      .from(savedSessions)
      .where(eq(savedSessions.character_id, charId));
    return this.read(row ?? null);
  }

  /** Null for an unreadable session. Raises a NewerRecordError. */
  read(row: Row | null): AccountContext | null {
    if (row === null) return null;
    try {
      const context = readVersion(accountFormat, row.version, row.context);
      if (context !== null) return context;
    } catch (error) {
      if (error instanceof NewerRecordError) this.#warnOnce(row, 'newer saved session skipped');
      throw error;
    }
    this.#warnOnce(row, 'saved session unreadable');
    return null;
  }

  /** A session that is refused must not prevent the others from being saved: each half is tried alone. */
  async #saveInHalves(sessions: readonly SessionToSave[], error: unknown): Promise<SaveReply[]> {
    const [first] = sessions;
    if (first !== undefined && sessions.length === 1) {
      this.#log.error({ charId: first.charId, err: error }, 'session save failed');
      return ['refused'];
    }
    const middle = Math.ceil(sessions.length / 2);
    const replies = await this.save(sessions.slice(0, middle));
    return [...replies, ...(await this.save(sessions.slice(middle)))];
  }

  #warnOnce({ character_id: charId, version }: Row, event: string): void {
    if (this.#logged.isFirst(String(charId))) this.#log.warn({ charId, version }, event);
  }
}

async function saveAll(tx: Database, sessions: readonly SessionToSave[]): Promise<Saved> {
  const alive = await lockAlive(tx, sessions);
  const wanted = sessions.filter(({ charId }) => alive.has(charId));
  if (wanted.length === 0) return new Map();
  const newer = await saveNewer(tx, wanted);
  await updateCharacters(
    tx,
    wanted.filter(({ charId }) => newer.has(charId)),
  );
  return new Map(wanted.map(({ charId }) => [charId, newer.has(charId) ? 'saved' : 'older']));
}

async function lockAlive(
  tx: Database,
  sessions: readonly SessionToSave[],
): Promise<ReadonlySet<number>> {
  const locked = await lockCharacters(
    tx,
    sessions.map(({ charId }) => charId),
  );
  return new Set(locked.filter(({ deletedAt }) => deletedAt === null).map(({ id }) => id));
}

async function saveNewer(
  tx: Database,
  sessions: readonly SessionToSave[],
): Promise<ReadonlySet<number>> {
  const rows = sessions.map(({ charId, context, savedAtMs }) => {
    const savedAt = new Date(savedAtMs);
    return { character_id: charId, context, version: accountFormat.version, saved_at: savedAt };
  });
  const saved = await tx
    .insert(savedSessions)
    .values(rows)
    .onConflictDoUpdate({
      target: savedSessions.character_id,
      set: {
        context: sql`excluded.context`,
        version: sql`excluded.version`,
        saved_at: sql`excluded.saved_at`,
      },
      // Never replaces what a later release has saved.
      setWhere: sql`${savedSessions.saved_at} <= excluded.saved_at
        and ${savedSessions.version} <= excluded.version`,
    })
    .returning({ id: savedSessions.character_id });
  return new Set(saved.map(({ id }) => id));
}

/** The vitals of an unfinished character are skipped: they would limit those of its archetype. */
async function updateCharacters(tx: Database, sessions: readonly SessionToSave[]): Promise<void> {
  if (sessions.length === 0) return;
  const rows = sessions.map(({ charId, context, seenAtMs }) => {
    const vitals = context.state === 'ONBOARDING' ? null : JSON.stringify(context.stats);
    const seenAt = new Date(seenAtMs).toISOString();
    return sql`(${charId}::bigint, ${context.location.current}, ${vitals}::jsonb, ${seenAt}::timestamptz)`;
  });
  await tx.execute(sql`
    update ${characters} set
      location_id = saved.location_id,
      vitals_snapshot = coalesce(saved.vitals, vitals_snapshot),
      last_seen_at = greatest(last_seen_at, saved.seen_at),
      updated_at = now()
    from (values ${sql.join(rows, sql`, `)}) as saved (id, location_id, vitals, seen_at)
    where ${characters.id} = saved.id`);
}
