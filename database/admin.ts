import { type SQL, and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { GOLD_LIMIT } from '../domains/inventory/journey.ts';
import { nameKey } from '../domains/account/name-key.ts';
import {
  CARD_BATTLES,
  type AdminAction,
  type AdminStore,
  type CardBattle,
  type GoldGift,
  type GoldReply,
  type StoredFigures,
  type PlayerCard,
  type VoidReply,
} from '../domains/admin/admin-store.ts';
import type { Ban } from '../domains/admin/bans.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Database } from './database.ts';
import { journeyOf } from './journeys-repository.ts';
import { lockCharacters } from './lock-characters.ts';
import { adminActions, bans } from './schema-admin.ts';
import { journeys } from './schema-journeys.ts';
import { battleRatings } from './schema-ratings.ts';
import { battleSides, battles, characters, users } from './schema.ts';
import { voidRating } from './void-rating.ts';
import { writeChanges } from './write-changes.ts';

export class SqlAdmin implements AdminStore {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  async activeBans(): Promise<readonly Ban[]> {
    const isOn = or(isNull(bans.until), gt(bans.until, this.#now()));
    return (await this.#db.select().from(bans).where(isOn)).map(banOf);
  }

  async ban(admin: number, { userId, untilMs, reason, isRatedOnly }: Ban): Promise<void> {
    const until = untilMs === null ? null : new Date(untilMs);
    const row = { until, reason, rated_only: isRatedOnly, by: admin, created_at: this.#now() };
    await this.#db.transaction(async (tx) => {
      await tx
        .insert(bans)
        .values({ user_id: userId, ...row })
        .onConflictDoUpdate({ target: bans.user_id, set: row });
      const details = { untilMs, reason, isRatedOnly };
      await this.#write(tx, { admin, action: 'ban', target: `user:${userId}`, details });
    });
  }

  async unban(admin: number, userId: number): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const gone = await tx.delete(bans).where(eq(bans.user_id, userId)).returning();
      if (gone.length === 0) return false;
      await this.#write(tx, { admin, action: 'unban', target: `user:${userId}`, details: {} });
      return true;
    });
  }

  async figuresSince(ms: number): Promise<StoredFigures> {
    const since = new Date(ms);
    const [fought] = await this.#db
      .select({
        players: sql<number>`count(distinct ${battleSides.user_id})::int`,
        battles: sql<number>`count(distinct ${battleSides.battle_id})::int`,
        people: sql<number>`count(${battleSides.character_id})::int`,
      })
      .from(battles)
      .innerJoin(battleSides, eq(battleSides.battle_id, battles.id))
      .where(gt(battles.ended_at, since));
    const newUsers = await this.#db.$count(users, gt(users.created_at, since));
    const { players = 0, battles: count = 0, people = 0 } = fought ?? {};
    // A duel has one person more than a fight against the Shadow.
    return { players, battles: count, duels: people - count, newUsers };
  }

  async findUser(query: string): Promise<number | null> {
    const byId = /^\d{1,15}$/.test(query) ? Number(query) : null;
    const isTheirs = query.startsWith('@')
      ? sql`lower(${users.username}) = ${query.slice(1).toLowerCase()}`
      : byId === null
        ? undefined
        : eq(users.id, byId);
    if (isTheirs !== undefined) return this.#firstId(isTheirs);
    const isNamed = and(eq(characters.name_key, nameKey(query)), isNull(characters.deleted_at));
    const found = this.#db.select({ id: characters.user_id }).from(characters).where(isNamed);
    const [row] = await found.limit(1);
    return row?.id ?? null;
  }

  async card(userId: number): Promise<PlayerCard | null> {
    const [user] = await this.#db.select().from(users).where(eq(users.id, userId));
    if (user === undefined) return null;
    const own = await this.#db
      .select({ id: characters.id, name: characters.name, journey: journeys })
      .from(characters)
      .leftJoin(journeys, eq(journeys.character_id, characters.id))
      .where(and(eq(characters.user_id, userId), isNull(characters.deleted_at)))
      .orderBy(characters.id);
    const { first_name: firstName, username, language, created_at: at } = user;
    return {
      userId,
      firstName,
      username,
      language,
      createdAtMs: at.getTime(),
      activeCharId: user.active_character_id,
      characters: own.map(({ id: charId, name, journey }) => {
        const { level, gold, scrap } = journeyOf(journey);
        return { charId, name, level, gold, scrap };
      }),
      battles: await this.#battlesOf(userId),
    };
  }

  async voidBattle(admin: number, battleId: string): Promise<VoidReply> {
    return this.#db.transaction(async (tx) => {
      const reply = await voidRating(tx, battleId);
      if (typeof reply === 'string') return reply;
      const target = `battle:${battleId}`;
      await this.#write(tx, { admin, action: 'void', target, details: { changes: reply } });
      return 'voided';
    });
  }

  async giveGold(admin: number, { userId, charId, gold, reason }: GoldGift): Promise<GoldReply> {
    return this.#db.transaction(async (tx) => {
      const [locked] = await lockCharacters(tx, [charId]);
      if (locked === undefined || locked.deletedAt !== null) return 'missing';
      const [row] = await tx.select().from(journeys).where(eq(journeys.character_id, charId));
      const journey = journeyOf(row ?? null);
      if (journey.gold + gold < 0) return 'poor';
      if (journey.gold + gold > GOLD_LIMIT) return 'full';
      const details = { gold, reason, character: charId };
      const done = { admin, action: 'gold', target: `user:${userId}`, details };
      const ref = String(await this.#write(tx, done));
      const change = { wallet: [{ reason: 'operator', ref, gold, scrap: 0 }] };
      await writeChanges(tx, [{ charId, journey, change, atMs: this.#clock.now() }]);
      return 'given';
    });
  }

  async record(action: AdminAction): Promise<void> {
    await this.#write(this.#db, action);
  }

  async #firstId(isTheirs: SQL): Promise<number | null> {
    const [row] = await this.#db.select({ id: users.id }).from(users).where(isTheirs).limit(1);
    return row?.id ?? null;
  }

  async #battlesOf(userId: number): Promise<readonly CardBattle[]> {
    const own = await this.#db
      .select({ id: battleSides.battle_id })
      .from(battleSides)
      .where(eq(battleSides.user_id, userId))
      .orderBy(desc(battleSides.ended_at))
      .limit(CARD_BATTLES);
    const ids = own.map(({ id }) => id);
    if (ids.length === 0) return [];
    const isRated = sql<boolean>`exists (select 1 from ${battleRatings} r
      where r.battle_id = ${battles.id} and r.unrated is null)`;
    const { battle_id, side, user_id, name, result, ended_at } = battleSides;
    const rows = await this.#db
      .select({ battle_id, user_id, name, result, ended_at, isRated })
      .from(battleSides)
      .innerJoin(battles, eq(battles.id, battle_id))
      .where(inArray(battle_id, ids))
      .orderBy(desc(ended_at), battle_id, side);
    return ids.flatMap((battleId) => {
      const sides = rows.filter((row) => row.battle_id === battleId);
      const [first, second] = sides;
      const theirs = sides.find((row) => row.user_id === userId);
      if (first === undefined || second === undefined || theirs === undefined) return [];
      const names = [first.name, second.name] as const;
      const endedAtMs = theirs.ended_at.getTime();
      return [{ battleId, endedAtMs, names, result: theirs.result, isRated: theirs.isRated }];
    });
  }

  async #write(tx: Database, action: AdminAction): Promise<number> {
    const [row] = await tx
      .insert(adminActions)
      .values({ ...action, at: this.#now() })
      .returning({ id: adminActions.id });
    if (row === undefined) throw new Error('an insert answers its row');
    return row.id;
  }

  #now(): Date {
    return new Date(this.#clock.now());
  }
}

function banOf({ user_id: userId, until, reason, rated_only }: typeof bans.$inferSelect): Ban {
  return { userId, untilMs: until?.getTime() ?? null, reason, isRatedOnly: rated_only };
}
