import {
  type SQL,
  and,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNull,
  lt,
  or,
} from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { erasedSide } from '../domains/combat/battle-archive.ts';
import type { Clock } from '../domains/core/clock.ts';
import { DAY_MS } from '../domains/core/day.ts';
import {
  type StoredUserData,
  type Subject,
  type UserDataRepository,
  battleRecordDays,
  exportedBattles,
  keptDays,
  userDataSchema,
} from '../domains/privacy/user-data.ts';
import type { Database } from './database.ts';
import { keep, keptOf } from './kept.ts';
import { lockCharacters } from './lock-characters.ts';
import { flags } from './schema-fair-play.ts';
import { adminActions, announcements, bans, broadcasts } from './schema-admin.ts';
import { erasedUsers } from './schema-privacy.ts';
import { battleSides, battles, characters, users } from './schema.ts';
import { type OwnedTable, ownedTables } from './tables.ts';

type SideRow = typeof battleSides.$inferSelect;

export class SqlUserData implements UserDataRepository {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  async subjectOf(userId: number): Promise<Subject> {
    const charIds = await charactersOf(this.#db, userId);
    const since = new Date(this.#clock.now() - battleRecordDays * DAY_MS);
    const fought = this.#db
      .select({ id: battleSides.battle_id })
      .from(battleSides)
      .where(and(isFoughtBy(userId, charIds), gte(battleSides.ended_at, since)));
    const sides = await this.#db
      .select()
      .from(battleSides)
      .where(inArray(battleSides.battle_id, fought))
      .orderBy(desc(battleSides.ended_at));
    const others = sides.flatMap(({ character_id: id }) => id ?? []);
    return {
      userId,
      charIds,
      battleIds: distinct(sides.map((one) => one.battle_id)),
      opponentIds: distinct(others).filter((id) => !charIds.includes(id)),
    };
  }

  async read(userId: number): Promise<StoredUserData> {
    const charIds = await charactersOf(this.#db, userId);
    const tables: Record<string, unknown> = {
      users: await this.#db.select().from(users).where(eq(users.id, userId)),
      characters: await this.#db.select().from(characters).where(eq(characters.user_id, userId)),
    };
    for (const owned of ownedTables) {
      // What operators look at names another user.
      if (owned.table === flags) continue;
      const { character, users: named } = owned;
      // Whom others have blocked is theirs.
      const isTheirs = isOwn({ character, users: named.slice(0, 1) }, userId, charIds);
      const rows = await this.#db.select().from(owned.table).where(isTheirs);
      tables[owned.name] = rows.map(withoutOperator);
    }
    const found = { tables, battles: await this.#battlesOf(userId, charIds) };
    // As it is in the document, with times as text.
    const plain: unknown = JSON.parse(JSON.stringify(found));
    return { ...storedSchema.parse(plain), kept: await keptOf(this.#db, userId) };
  }

  async erase(userId: number): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
      const charIds = await charactersOf(tx, userId);
      await lockCharacters(tx, charIds);
      await keep(tx, userId, this.#clock.now());
      await eraseSides(tx, isFoughtBy(userId, charIds));
      await eraseFromActions(tx, userId);
      for (const owned of ownedTables)
        await deleteFrom(tx, owned.table, isOwn(owned, userId, charIds));
      await tx.update(users).set({ active_character_id: null }).where(eq(users.id, userId));
      await deleteFrom(tx, characters, eq(characters.user_id, userId));
      await deleteFrom(tx, users, eq(users.id, userId));
    });
  }

  async forgetKept(): Promise<number> {
    const until = new Date(this.#clock.now() - keptDays * DAY_MS);
    const gone = await this.#db
      .delete(erasedUsers)
      .where(lt(erasedUsers.erased_at, until))
      .returning({ hash: erasedUsers.user_hash });
    return gone.length;
  }

  async #battlesOf(userId: number, charIds: readonly number[]) {
    const ids = this.#db
      .select({ id: battleSides.battle_id })
      .from(battleSides)
      .where(isFoughtBy(userId, charIds))
      .orderBy(desc(battleSides.ended_at))
      .limit(exportedBattles);
    const rows = await this.#db
      .select({ battle: getTableColumns(battles), side: getTableColumns(battleSides) })
      .from(battles)
      .innerJoin(battleSides, eq(battleSides.battle_id, battles.id))
      .where(inArray(battles.id, ids))
      .orderBy(desc(battles.ended_at), desc(battles.id), battleSides.side);
    const isTheirs = ({ user_id, character_id }: SideRow) =>
      user_id === userId || (character_id !== null && charIds.includes(character_id));
    const found = new Map<string, { sides: unknown[] }>();
    for (const { battle, side } of rows) {
      const known = found.get(battle.id) ?? { ...battle, sides: [] };
      known.sides.push(isTheirs(side) ? side : { ...side, user_id: null, character_id: null });
      found.set(battle.id, known);
    }
    return [...found.values()];
  }
}

const storedSchema = z.object(userDataSchema.pick({ tables: true, battles: true }).shape);

async function charactersOf(db: Database, userId: number): Promise<number[]> {
  const own = db.select({ id: characters.id }).from(characters);
  return (await own.where(eq(characters.user_id, userId))).map(({ id }) => id);
}

function isFoughtBy(userId: number, charIds: readonly number[]): SQL | undefined {
  return or(
    eq(battleSides.user_id, userId),
    charIds.length === 0 ? undefined : inArray(battleSides.character_id, [...charIds]),
  );
}

/** A Shadow has the name of the one whom it mirrors. */
async function eraseSides(tx: Database, isTheirs: SQL | undefined): Promise<void> {
  const { charId: character_id, userId: user_id, name, gender } = erasedSide;
  const fought = tx.select({ id: battleSides.battle_id }).from(battleSides).where(isTheirs);
  await tx
    .update(battleSides)
    .set({ name })
    .where(and(isNull(battleSides.character_id), inArray(battleSides.battle_id, fought)));
  await tx.update(battleSides).set({ character_id, user_id, name, gender }).where(isTheirs);
}

/** Which operator it was is not theirs. */
function withoutOperator(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => column !== 'by'));
}

/** What operators did stays, without the user. */
async function eraseFromActions(tx: Database, userId: number): Promise<void> {
  const { admin, target } = adminActions;
  const isTarget = eq(target, `user:${userId}`);
  await tx.update(adminActions).set({ target: 'user:erased', details: {} }).where(isTarget);
  await tx.update(adminActions).set({ admin: 0 }).where(eq(admin, userId));
  await tx.update(announcements).set({ admin: 0 }).where(eq(announcements.admin, userId));
  await tx.update(broadcasts).set({ admin: 0 }).where(eq(broadcasts.admin, userId));
  await tx.update(flags).set({ closed_by: 0 }).where(eq(flags.closed_by, userId));
  await tx.update(bans).set({ by: null }).where(eq(bans.by, userId));
}

/** Whether a row names the user or one of the characters. */
function isOwn(
  { character, users: named }: Pick<OwnedTable, 'character' | 'users'>,
  userId: number,
  charIds: readonly number[],
): SQL | undefined {
  return or(
    ...named.map((column) => eq(column, userId)),
    character === null ? undefined : inArray(character, [...charIds]),
  );
}

/** Nothing without a condition. */
async function deleteFrom(tx: Database, table: PgTable, where: SQL | undefined): Promise<void> {
  if (where !== undefined) await tx.delete(table).where(where);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
