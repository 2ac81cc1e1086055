import { and, asc, eq, inArray, lt, notExists, sql } from 'drizzle-orm';
import type { RetentionStore } from '../domains/privacy/retention.ts';
import type { Database } from './database.ts';
import { battles, characters, pendingHandlers, savedSessions, users } from './schema.ts';

export class SqlRetention implements RetentionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** What hangs on them is deleted by the foreign keys. */
  async deleteBattles(endedBeforeMs: number, limit: number): Promise<number> {
    const pending = this.#db
      .select()
      .from(pendingHandlers)
      .where(eq(pendingHandlers.battle_id, battles.id));
    const old = this.#db
      .select({ id: battles.id })
      .from(battles)
      .where(and(lt(battles.ended_at, new Date(endedBeforeMs)), notExists(pending)))
      .orderBy(asc(battles.ended_at))
      .limit(limit);
    const deleted = await this.#db
      .delete(battles)
      .where(inArray(battles.id, old))
      .returning({ id: battles.id });
    return deleted.length;
  }

  async idleUsers(seenBeforeMs: number, limit: number): Promise<number[]> {
    const before = new Date(seenBeforeMs);
    const latest = sql`greatest(${characters.updated_at}, ${characters.last_seen_at}, ${savedSessions.saved_at})`;
    const seen = this.#db
      .select()
      .from(characters)
      .leftJoin(savedSessions, eq(savedSessions.character_id, characters.id))
      .where(and(eq(characters.user_id, users.id), sql`${latest} >= ${before.toISOString()}`));
    const idle = await this.#db
      .select({ id: users.id })
      .from(users)
      .where(and(lt(users.updated_at, before), notExists(seen)))
      .orderBy(asc(users.updated_at))
      .limit(limit);
    return idle.map(({ id }) => id);
  }
}
