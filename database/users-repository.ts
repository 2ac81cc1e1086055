import { type SQL, and, eq, exists, isNull, sql } from 'drizzle-orm';
import { type Language, spokenLanguage } from '../domains/account/hot-user-store.ts';
import type {
  EnteredCharacter,
  UserProfile,
  UserRecord,
  UsersRepository,
} from '../domains/account/users-repository.ts';
import type { Log } from '../domains/core/log.ts';
import { characterOf } from './characters-repository.ts';
import type { Database } from './database.ts';
import { SqlSavedSessions } from './saved-sessions.ts';
import { characters, savedSessions, users } from './schema.ts';

/** Users in PostgreSQL. */
export class SqlUsersRepository implements UsersRepository {
  readonly #db: Database;
  readonly #sessions: SqlSavedSessions;

  constructor({ db, log }: { readonly db: Database; readonly log: Log }) {
    this.#db = db;
    this.#sessions = new SqlSavedSessions({ db, log });
  }

  /** Who is known and has not changed costs no write. */
  async registerUser({
    userId,
    firstName,
    lastName,
    username,
    language,
  }: UserProfile): Promise<void> {
    const names = { first_name: firstName, last_name: lastName, username };
    await this.#db
      .insert(users)
      .values({ id: userId, ...names, language })
      .onConflictDoUpdate({
        target: users.id,
        set: {
          ...names,
          language: sql`coalesce(${users.language}, excluded.language)`,
          updated_at: sql`now()`,
        },
        setWhere: sql`(${users.first_name}, ${users.last_name}, ${users.username}, ${users.language})
          is distinct from (excluded.first_name, excluded.last_name, excluded.username,
            coalesce(${users.language}, excluded.language))`,
      });
  }

  async find(userId: number): Promise<UserRecord | null> {
    const [row] = await this.#db.select().from(users).where(eq(users.id, userId));
    return row === undefined ? null : userOf(row);
  }

  async setLanguage(userId: number, language: Language): Promise<void> {
    await this.#db
      .insert(users)
      .values({ id: userId, language })
      .onConflictDoUpdate({ target: users.id, set: { language, updated_at: sql`now()` } });
  }

  async setActiveCharacter(userId: number, charId: number | null): Promise<boolean> {
    const changed = await this.#db
      .update(users)
      .set({ active_character_id: charId, updated_at: sql`now()` })
      .where(and(eq(users.id, userId), charId === null ? undefined : this.#owns(userId, charId)))
      .returning({ id: users.id });
    return changed.length > 0;
  }

  /** The update is part of the question, and done although nobody asks for what it answers. */
  async enterCharacter(userId: number, charId: number): Promise<EnteredCharacter | null> {
    const entered = this.#db.$with('entered').as(
      this.#db
        .update(users)
        .set({ active_character_id: charId, updated_at: sql`now()` })
        .where(
          and(
            eq(users.id, userId),
            sql`${users.active_character_id} is distinct from ${charId}`,
            this.#owns(userId, charId),
          ),
        )
        .returning({ id: users.id }),
    );
    const [row] = await this.#db
      .with(entered)
      // As it was before the update: one question sees one moment.
      .select({ character: characters, saved: savedSessions, previous: users.active_character_id })
      .from(characters)
      .innerJoin(users, eq(users.id, characters.user_id))
      .leftJoin(savedSessions, eq(savedSessions.character_id, characters.id))
      .where(
        and(
          eq(characters.id, charId),
          eq(characters.user_id, userId),
          isNull(characters.deleted_at),
        ),
      );
    if (row === undefined) return null;
    return {
      character: characterOf(row.character),
      saved: this.#sessions.read(row.saved),
      previousId: row.previous,
    };
  }

  #owns(userId: number, charId: number): SQL {
    const own = and(
      eq(characters.id, charId),
      eq(characters.user_id, userId),
      isNull(characters.deleted_at),
    );
    // Locked: whoever is just deleting it is waited for, and what he has done is seen.
    return exists(this.#db.select({ id: characters.id }).from(characters).where(own).for('share'));
  }
}

function userOf(row: typeof users.$inferSelect): UserRecord {
  return {
    userId: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    username: row.username,
    language: spokenLanguage(row.language),
    activeCharacterId: row.active_character_id,
    createdAt: row.created_at.toISOString(),
  };
}
