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
import { addUser } from './add-user.ts';
import type { Database } from './database.ts';
import { SqlSavedSessions } from './saved-sessions.ts';
import { characters, savedSessions, users } from './schema.ts';

export class SqlUsersRepository implements UsersRepository {
  readonly #db: Database;
  readonly #sessions: SqlSavedSessions;

  constructor({ db, log }: { readonly db: Database; readonly log: Log }) {
    this.#db = db;
    this.#sessions = new SqlSavedSessions({ db, log });
  }

  /** Writes nothing for a known user without changes. */
  async registerUser({ userId, language, ...user }: UserProfile): Promise<void> {
    const { firstName, lastName, username } = user;
    const names = { first_name: firstName, last_name: lastName, username };
    await addUser(
      this.#db,
      { id: userId, ...names, language },
      {
        set: {
          ...names,
          language: sql`coalesce(${users.language}, excluded.language)`,
          updated_at: sql`now()`,
        },
        setWhere: sql`(${users.first_name}, ${users.last_name}, ${users.username}, ${users.language})
          is distinct from (excluded.first_name, excluded.last_name, excluded.username,
            coalesce(${users.language}, excluded.language))`,
      },
    );
  }

  async find(userId: number): Promise<UserRecord | null> {
    const [row] = await this.#db.select().from(users).where(eq(users.id, userId));
    return row === undefined ? null : userOf(row);
  }

  async setLanguage(userId: number, language: Language): Promise<void> {
    const set = { language, updated_at: sql`now()` };
    await addUser(this.#db, { id: userId, language }, { set });
  }

  async muteEmotes(userId: number, isMuted: boolean): Promise<void> {
    const set = { mutes_emotes: isMuted, updated_at: sql`now()` };
    await addUser(this.#db, { id: userId, mutes_emotes: isMuted }, { set });
  }

  async setActiveCharacter(userId: number, charId: number | null): Promise<boolean> {
    const changed = await this.#db
      .update(users)
      .set({ active_character_id: charId, updated_at: sql`now()` })
      .where(and(eq(users.id, userId), charId === null ? undefined : this.#owns(userId, charId)))
      .returning({ id: users.id });
    return changed.length > 0;
  }

  /** One query: PostgreSQL runs the update although the select does not use its result. */
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
      // The value before the update: all parts of a query see one snapshot.
      .select({ character: characters, saved: savedSessions, previous: users.active_character_id })
      .from(characters)
      .innerJoin(users, eq(users.id, characters.user_id))
      .leftJoin(savedSessions, eq(savedSessions.character_id, characters.id))
      .where(isOwn(userId, charId));
    if (row === undefined) return null;
    return {
      character: characterOf(row.character),
      saved: this.#sessions.read(row.saved),
      previousId: row.previous,
    };
  }

  /** Locks the row, so that a concurrent deletion is waited for and then seen. */
  #owns(userId: number, charId: number): SQL {
    const row = this.#db.select({ id: characters.id }).from(characters);
    return exists(row.where(isOwn(userId, charId)).for('share'));
  }
}

function isOwn(userId: number, charId: number): SQL | undefined {
  return and(
    eq(characters.id, charId),
    eq(characters.user_id, userId),
    isNull(characters.deleted_at),
  );
}

function userOf(row: typeof users.$inferSelect): UserRecord {
  return {
    userId: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    username: row.username,
    language: spokenLanguage(row.language),
    activeCharacterId: row.active_character_id,
    hasMutedEmotes: row.mutes_emotes,
    createdAt: row.created_at.toISOString(),
  };
}
