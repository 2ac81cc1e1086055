import { type SQL, and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Item, itemSchema } from '../domains/inventory/item.ts';
import {
  type Change,
  type ItemChange,
  type Journey,
  type PlacedGrant,
  type Stacks,
  changedStacks,
  journeyAfter,
  transactionsOf,
} from '../domains/inventory/journey.ts';
import type { Database } from './database.ts';
import type { Stories } from '../domains/inventory/story-session.ts';
import type { Travel } from '../domains/inventory/travel.ts';
import {
  grants,
  items,
  journeys,
  skillProgress,
  stacks,
  walletTransactions,
} from './schema-journeys.ts';

const { id, template, rarity, affixes, place, slot, locked } = items;
const itemColumns = { id, template, rarity, affixes, place, slot, locked };
const storedItemsSchema = z.array(itemSchema);

export interface ChangeOf {
  readonly charId: number;
  /** Before the change. */
  readonly journey: Journey;
  /** Before the change; absent: it reaches none. */
  readonly stacks?: Stacks;
  readonly change: Change;
  readonly atMs: number;
}

/**
 * Changes of different characters, under their locks. Each part is one statement, and only of what
 * changes. Answers the new items.
 */
export async function writeChanges(tx: Database, changes: readonly ChangeOf[]): Promise<Item[]> {
  if (changes.length === 0) return [];
  await saveJourneys(tx, changes);
  for (const one of changes) {
    await endItems(tx, one);
    await moveItems(tx, one);
  }
  return saveGrants(tx, changes);
}

/** With their transactions and materials, in one statement. */
async function saveJourneys(tx: Database, changes: readonly ChangeOf[]): Promise<void> {
  const rows = changes.map(({ charId, journey, change }) => {
    const { travel, stories, ...numbers } = journeyAfter(journey, change);
    return { character_id: charId, ...numbers, ...travelRow(travel), ...storyRow(stories) };
  });
  const moves = changes.some(({ change }) => change.travel !== undefined);
  const tells = changes.some(({ change }) => change.stories !== undefined);
  await tx
    .with(...paymentsOf(tx, changes), ...stacksOf(tx, changes))
    .insert(journeys)
    .values(rows)
    .onConflictDoUpdate({
      target: journeys.character_id,
      set: {
        version: sql`excluded.version`,
        level: sql`excluded.level`,
        xp: sql`excluded.xp`,
        points: sql`excluded.points`,
        gold: sql`excluded.gold`,
        scrap: sql`excluded.scrap`,
        updated_at: sql`now()`,
        // Else a place that only a later release knows would be lost with every item that is sold.
        ...(moves ? travelUpdate : {}),
        ...(tells ? storyUpdate : {}),
      },
    });
}

function travelRow(travel: Travel) {
  const { location, prev, energy, energyAtMs, restedAtMs, encounter, seen, dry, bossDay } = travel;
  return {
    location_id: location,
    prev_location_id: prev,
    energy,
    encounter,
    dry,
    energy_at: new Date(energyAtMs),
    rested_at: new Date(restedAtMs),
    seen: [...seen],
    boss_day: bossDay,
  };
}

const travelUpdate = {
  location_id: sql`excluded.location_id`,
  prev_location_id: sql`excluded.prev_location_id`,
  energy: sql`excluded.energy`,
  energy_at: sql`excluded.energy_at`,
  rested_at: sql`excluded.rested_at`,
  encounter: sql`excluded.encounter`,
  seen: sql`excluded.seen`,
  dry: sql`excluded.dry`,
  boss_day: sql`excluded.boss_day`,
};

function storyRow({ session, ended }: Stories) {
  return { scenario: session, stories: ended };
}

const storyUpdate = { scenario: sql`excluded.scenario`, stories: sql`excluded.stories` };

function paymentsOf(tx: Database, changes: readonly ChangeOf[]) {
  const rows = changes.flatMap(transactionRows);
  if (rows.length === 0) return [];
  const { id: paidId } = walletTransactions;
  return [tx.$with('paid').as(tx.insert(walletTransactions).values(rows).returning({ paidId }))];
}

function stacksOf(tx: Database, changes: readonly ChangeOf[]) {
  const rows = changes.flatMap(({ charId, stacks: held = {}, change }) =>
    Object.entries(changedStacks(held, change)).map(([kind, amount]) => ({
      character_id: charId,
      kind,
      amount,
    })),
  );
  if (rows.length === 0) return [];
  const { character_id, kind } = stacks;
  const stacked = tx
    .insert(stacks)
    .values(rows)
    .onConflictDoUpdate({ target: [character_id, kind], set: { amount: sql`excluded.amount` } })
    .returning({ kind });
  return [tx.$with('stacked').as(stacked)];
}

function transactionRows({ charId: character_id, journey, change, atMs }: ChangeOf) {
  return transactionsOf(change, journey)
    .filter(({ gold, scrap }) => gold !== 0 || scrap !== 0)
    .map((one) => ({ character_id, created_at: new Date(atMs), ...one }));
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

/**
 * One statement: what leaves a slot is changed before anything takes it, as the second part asks how much
 * the first has changed.
 */
async function moveItems(tx: Database, { charId, change }: ChangeOf): Promise<void> {
  const { items: moved = [] } = change;
  const put = moved.filter(({ place }) => place === 'worn');
  const stored = moved.filter(({ place }) => place !== 'worn');
  if (stored.length === 0 && put.length === 0) return;
  if (stored.length === 0 || put.length === 0) await tx.execute(saving(charId, moved));
  else
    await tx.execute(sql`with stored as (${saving(charId, stored)} returning 1)
      ${saving(charId, put)} and (select count(*) from stored) >= 0`);
}

function saving(charId: number, moved: readonly ItemChange[]): SQL {
  const values = moved.map(
    ({ id, place, slot, locked, affixes }) =>
      sql`(${id}::bigint, ${place}, ${slot}, ${locked}::boolean, ${JSON.stringify(affixes)}::jsonb)`,
  );
  return sql`update items set place = v.place, slot = v.slot, locked = v.locked, affixes = v.affixes
    from (values ${sql.join(values, sql`, `)}) as v(id, place, slot, locked, affixes)
    where items.id = v.id and items.character_id = ${charId} and items.gone_at is null`;
}

async function saveGrants(tx: Database, changes: readonly ChangeOf[]): Promise<Item[]> {
  const given = changes.flatMap((of) => (of.change.grants ?? []).map((grant) => ({ grant, of })));
  if (given.length === 0) return [];
  await tx.insert(grants).values(
    given.map(({ grant, of }) => ({
      id: grant.id,
      contents: contentsOf(grant, of),
      character_id: of.charId,
      created_at: new Date(of.atMs),
    })),
  );
  await countUses(tx, given);
  const rows = given.flatMap(({ grant, of }) =>
    grant.placed.map(({ line: grant_line, ...item }) => ({
      ...item,
      affixes: [...item.affixes],
      grant_id: grant.id,
      grant_line,
      character_id: of.charId,
      created_at: new Date(of.atMs),
    })),
  );
  if (rows.length === 0) return [];
  return storedItemsSchema.parse(await tx.insert(items).values(rows).returning(itemColumns));
}

function contentsOf(grant: PlacedGrant, { journey, change }: ChangeOf): unknown {
  const { xp, gold, scrap, items: given, uses, note = null, battle = null } = grant;
  const { materials = {}, wild = null } = grant;
  const { level } = journeyAfter(journey, change);
  return {
    xp,
    gold,
    scrap,
    items: given,
    uses,
    note,
    battle,
    materials,
    wild,
    newLevel: level > journey.level ? level : null,
  };
}

async function countUses(
  tx: Database,
  given: readonly { readonly grant: PlacedGrant; readonly of: ChangeOf }[],
): Promise<void> {
  const rows = given.flatMap(({ grant, of }) =>
    Object.entries(grant.uses).map(([skill, uses]) => ({ character_id: of.charId, skill, uses })),
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
