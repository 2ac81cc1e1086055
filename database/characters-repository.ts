import { and, asc, eq, isNull, max, sql } from 'drizzle-orm';
import {
  type Character,
  START_LOCATION,
  characterSchema,
  isShell,
} from '../domains/account/character.ts';
import type {
  CharacterChange,
  CharactersRepository,
  CreateReply,
  RenameReply,
} from '../domains/account/characters-repository.ts';
import { nameKey } from '../domains/account/name-key.ts';
import { lockUser } from './add-user.ts';
import type { Database } from './database.ts';
import { ladderBests, ladderStandings } from './schema-ratings.ts';
import { restoreRating } from './kept.ts';
import { SLOTS, characters, savedSessions, users } from './schema.ts';
import { isTaken } from './server-error.ts';

type Shell = Parameters<CharactersRepository['createShell']>[0];

export class SqlCharactersRepository implements CharactersRepository {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Locks the user's row, so that shells of one user are created one after the other. */
  async createShell(shell: Shell): Promise<CreateReply> {
    return this.#db.transaction(async (tx) => {
      await lockUser(tx, shell.userId);
      const taken = await rowsOf(tx, shell.userId);
      const unfinished = taken.find(isShell);
      if (unfinished !== undefined)
        return { kind: 'unfinished', character: characterOf(unfinished) };
      const slot = freeSlot(new Set(taken.map((one) => one.slot)));
      if (slot === null || taken.length >= shell.limit) return { kind: 'full' };
      return { kind: 'created', character: await insertShell(tx, shell, slot) };
    });
  }

  async reserveNumbers(above: number): Promise<number> {
    // Deleted characters keep their rows.
    const [row] = await this.#db.select({ highest: max(characters.id) }).from(characters);
    const highest = row?.highest ?? 0;
    if (highest < above) {
      await this.#db.execute(sql`select setval('characters_id_seq', ${above})
        from characters_id_seq where last_value <= ${above}`);
    }
    return highest;
  }

  async find(charId: number): Promise<Character | null> {
    const [row] = await this.#db.select().from(characters).where(alive(charId));
    return row === undefined ? null : characterOf(row);
  }

  async listOf(userId: number): Promise<Character[]> {
    return (await rowsOf(this.#db, userId)).map(characterOf);
  }

  async isNameFree(name: string): Promise<boolean> {
    const isTakenBy = and(eq(characters.name_key, nameKey(name)), isNull(characters.deleted_at));
    const taken = this.#db.select({ id: characters.id }).from(characters).where(isTakenBy);
    return (await taken.limit(1)).length === 0;
  }

  async setName(charId: number, name: string): Promise<RenameReply> {
    try {
      // A transaction, since it is retried: two characters that swap names deadlock.
      const named = await this.#db.transaction((tx) =>
        changeCharacter(tx, charId, { name, name_key: nameKey(name) }),
      );
      return named ? 'named' : 'missing';
    } catch (error) {
      if (isTaken(error, 'characters_name_key')) return 'taken';
      throw error;
    }
  }

  async update(charId: number, change: CharacterChange): Promise<boolean> {
    return changeCharacter(this.#db, charId, change);
  }

  async delete(charId: number): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const [gone] = await tx
        .update(characters)
        .set({ deleted_at: sql`now()` })
        .where(alive(charId))
        .returning({ userId: characters.user_id });
      if (gone === undefined) return false;
      await tx.delete(savedSessions).where(eq(savedSessions.character_id, charId));
      for (const list of [ladderStandings, ladderBests])
        await tx.update(list).set({ listed: false }).where(eq(list.character_id, charId));
      await tx
        .update(users)
        .set({ active_character_id: null, updated_at: sql`now()` })
        .where(and(eq(users.id, gone.userId), eq(users.active_character_id, charId)));
      return true;
    });
  }
}

type Row = typeof characters.$inferSelect;

function alive(charId: number) {
  return and(eq(characters.id, charId), isNull(characters.deleted_at));
}

async function rowsOf(db: Database, userId: number): Promise<Row[]> {
  return db
    .select()
    .from(characters)
    .where(and(eq(characters.user_id, userId), isNull(characters.deleted_at)))
    .orderBy(asc(characters.id));
}

async function insertShell(
  tx: Database,
  { userId, createdAt }: Shell,
  slot: number,
): Promise<Character> {
  const created_at = new Date(createdAt);
  const made = { user_id: userId, slot, location_id: START_LOCATION, created_at };
  const [row] = await tx.insert(characters).values(made).returning();
  if (row === undefined) throw new Error('INSERT returned no row');
  await restoreRating(tx, userId, row.id);
  return characterOf(row);
}

async function changeCharacter(
  db: Database,
  charId: number,
  change: Partial<Row>,
): Promise<boolean> {
  const changed = await db
    .update(characters)
    .set({ ...change, updated_at: sql`now()` })
    .where(alive(charId))
    .returning({ id: characters.id });
  return changed.length > 0;
}

function freeSlot(taken: ReadonlySet<number>): number | null {
  const slots = Array.from({ length: SLOTS }, (_, index) => index + 1);
  return slots.find((slot) => !taken.has(slot)) ?? null;
}

export function characterOf(row: Row): Character {
  const { id, user_id, name, gender, archetype, location_id, vitals_snapshot } = row;
  return characterSchema.parse({
    character_id: id,
    user_id,
    name,
    gender,
    archetype,
    location_id,
    vitals_snapshot,
    created_at: row.created_at.toISOString(),
    ...(row.attributes === null ? {} : { attributes: row.attributes }),
    ...(row.skills === null ? {} : { skills: row.skills }),
    ...(row.gear === null ? {} : { gear: row.gear }),
    ...(row.loadout === null ? {} : { loadout: row.loadout }),
  });
}
