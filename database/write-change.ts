import { type SQL, and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Item, itemSchema } from '../domains/inventory/item.ts';
import {
  type Change,
  type ItemChange,
  type Journey,
  type PlacedGrant,
  journeyAfter,
  transactionsOf,
} from '../domains/inventory/journey.ts';
import type { Database } from './database.ts';
import { grants, items, journeys, skillProgress, walletTransactions } from './schema-journeys.ts';

const { id, template, rarity, affixes, place, slot, locked } = items;
const itemColumns = { id, template, rarity, affixes, place, slot, locked };
const storedItemsSchema = z.array(itemSchema);

export interface ChangeOf {
  readonly charId: number;
  /** Before the change. */
  readonly journey: Journey;
  readonly change: Change;
  readonly atMs: number;
}

/** Under the character's lock. Each part is one statement, and only of what changes. Answers new items. */
export async function writeChange(tx: Database, of: ChangeOf): Promise<Item[]> {
  await saveJourney(tx, of);
  await saveTransactions(tx, of);
  await endItems(tx, of);
  await moveItems(tx, of);
  return saveGrants(tx, of);
}

async function saveJourney(tx: Database, { charId, journey, change }: ChangeOf): Promise<void> {
  const after = journeyAfter(journey, change);
  await tx
    .insert(journeys)
    .values({ character_id: charId, ...after })
    .onConflictDoUpdate({
      target: journeys.character_id,
      set: { ...after, updated_at: sql`now()` },
    });
}

async function saveTransactions(tx: Database, of: ChangeOf): Promise<void> {
  const { charId: character_id, journey, change } = of;
  const created_at = new Date(of.atMs);
  const paid = transactionsOf(change, journey).filter(
    ({ gold, scrap }) => gold !== 0 || scrap !== 0,
  );
  if (paid.length === 0) return;
  await tx
    .insert(walletTransactions)
    .values(paid.map((one) => ({ character_id, created_at, ...one })));
}

async function endItems(
  tx: Database,
  { charId, change: { gone = [] }, atMs }: ChangeOf,
): Promise<void> {
  for (const how of new Set(gone.map((one) => one.how))) {
    const ids = gone.filter((one) => one.how === how).map(({ id }) => id);
    await tx
      .update(items)
      .set({ gone_at: new Date(atMs), gone_how: how })
      .where(ownItems(charId, ids));
  }
}

/** Into bag and chest first: a slot takes one item at a time. */
async function moveItems(tx: Database, { charId, change }: ChangeOf): Promise<void> {
  const { items: moved = [] } = change;
  for (const isWorn of [false, true]) {
    const part = moved.filter(({ place }) => (place === 'worn') === isWorn);
    await saveItems(tx, charId, part);
  }
}

async function saveItems(
  tx: Database,
  charId: number,
  moved: readonly ItemChange[],
): Promise<void> {
  if (moved.length === 0) return;
  const values = moved.map(
    ({ id, place, slot, locked, affixes }) =>
      sql`(${id}::bigint, ${place}, ${slot}, ${locked}::boolean, ${JSON.stringify(affixes)}::jsonb)`,
  );
  await tx.execute(sql`update items set place = v.place, slot = v.slot, locked = v.locked, affixes = v.affixes
    from (values ${sql.join(values, sql`, `)}) as v(id, place, slot, locked, affixes)
    where items.id = v.id and items.character_id = ${charId} and items.gone_at is null`);
}

async function saveGrants(tx: Database, of: ChangeOf): Promise<Item[]> {
  const { charId: character_id, change } = of;
  const created_at = new Date(of.atMs);
  const given = change.grants ?? [];
  if (given.length === 0) return [];
  await tx.insert(grants).values(
    given.map((grant) => {
      return { id: grant.id, character_id, contents: contentsOf(grant, of), created_at };
    }),
  );
  await countUses(tx, character_id, given);
  const rows = given.flatMap(({ id: grant_id, placed }) =>
    placed.map(({ line: grant_line, ...item }) => ({
      ...{ ...item, affixes: [...item.affixes] },
      ...{ character_id, grant_id, grant_line, created_at },
    })),
  );
  if (rows.length === 0) return [];
  return storedItemsSchema.parse(await tx.insert(items).values(rows).returning(itemColumns));
}

function contentsOf(grant: PlacedGrant, { journey, change }: ChangeOf): unknown {
  const { xp, gold, scrap, items: given, uses, note = null, battle = null } = grant;
  const { level } = journeyAfter(journey, change);
  return {
    xp,
    gold,
    scrap,
    items: given,
    uses,
    note,
    battle,
    newLevel: level > journey.level ? level : null,
  };
}

async function countUses(
  tx: Database,
  charId: number,
  given: readonly PlacedGrant[],
): Promise<void> {
  const rows = given.flatMap(({ uses: counted }) =>
    Object.entries(counted).map(([skill, uses]) => ({ character_id: charId, skill, uses })),
  );
  if (rows.length === 0) return;
  const { character_id, skill, uses } = skillProgress;
  await tx
    .insert(skillProgress)
    .values(rows)
    .onConflictDoUpdate({
      target: [character_id, skill],
      set: { uses: sql`${uses} + excluded.uses` },
    });
}

function ownItems(charId: number, ids: readonly number[]): SQL | undefined {
  const isOwn = eq(items.character_id, charId);
  return and(isOwn, inArray(items.id, [...ids]), isNull(items.gone_at));
}
