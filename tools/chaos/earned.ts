import { asc } from 'drizzle-orm';
import { z } from 'zod';
import { characterOf } from '../../database/characters-repository.ts';
import type { Database } from '../../database/database.ts';
import { journeyOf } from '../../database/journeys-repository.ts';
import {
  grants,
  items,
  journeys,
  skillProgress,
  stacks,
  walletTransactions,
} from '../../database/schema-journeys.ts';
import { battleSides, characters, pendingHandlers } from '../../database/schema.ts';
import type { Archetype, Attributes, Gear } from '../../domains/account/account-context.ts';
import { noGear } from '../../domains/account/account-context.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import { affixSchema, raritySchema, templateSchema } from '../../domains/inventory/item.ts';
import type { Journey } from '../../domains/inventory/journey.ts';

const contentsSchema = z.looseObject({
  xp: z.int(),
  gold: z.int(),
  scrap: z.int(),
  items: z.array(
    z.object({ template: templateSchema, rarity: raritySchema, affixes: z.array(affixSchema) }),
  ),
  uses: z.record(z.string(), z.int()),
  materials: z.record(z.string(), z.int()).default({}),
  wild: z.object({ monster: z.string(), result: z.string() }).nullable().default(null),
});

export type GrantRow = typeof grants.$inferSelect & {
  readonly contents: z.infer<typeof contentsSchema>;
};
export type ItemRow = typeof items.$inferSelect;
export type WalletRow = typeof walletTransactions.$inferSelect;
export type JourneyRow = typeof journeys.$inferSelect;
export type SideRow = Pick<
  typeof battleSides.$inferSelect,
  'battle_id' | 'side' | 'character_id' | 'ended_at'
>;

/** All that the database has of what one character has earned. */
export interface Earned {
  readonly charId: number;
  readonly archetype: Archetype | null;
  /** Without gear. */
  readonly attributes: Attributes;
  readonly gear: Gear;
  readonly journey: Journey;
  /** As it is stored, also with a place that is not known; null: nothing is earned yet. */
  readonly row: JourneyRow | null;
  readonly grants: readonly GrantRow[];
  /** Also those that are gone. */
  readonly items: readonly ItemRow[];
  /** In the order in which they were made. */
  readonly wallet: readonly WalletRow[];
  readonly uses: Readonly<Record<string, number>>;
  /** Materials that are left. */
  readonly stacks: Readonly<Record<string, number>>;
}

export interface EarnedByAll {
  readonly characters: readonly Earned[];
  readonly sides: readonly SideRow[];
  /** Battles with a handler that has not succeeded yet. */
  readonly pending: ReadonlySet<string>;
}

/** As of one moment. */
export async function readEarned(db: Database): Promise<EarnedByAll> {
  return db.transaction(
    async (tx) => {
      const { battle_id, side, character_id, ended_at } = battleSides;
      const pending = await tx.select({ id: pendingHandlers.battle_id }).from(pendingHandlers);
      return {
        characters: await readCharacters(tx),
        sides: await tx.select({ battle_id, side, character_id, ended_at }).from(battleSides),
        pending: new Set(pending.map(({ id }) => id)),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function readCharacters(tx: Database): Promise<Earned[]> {
  const known = await tx.select().from(characters).orderBy(asc(characters.id));
  const journeyRows = byCharacter(await tx.select().from(journeys));
  const grantRows = await tx.select().from(grants).orderBy(asc(grants.id));
  const granted = byCharacter(
    grantRows.map((row) => ({ ...row, contents: contentsSchema.parse(row.contents) })),
  );
  const made = byCharacter(await tx.select().from(items).orderBy(asc(items.id)));
  const { id } = walletTransactions;
  const paid = byCharacter(await tx.select().from(walletTransactions).orderBy(asc(id)));
  const progress = byCharacter(await tx.select().from(skillProgress));
  const held = byCharacter(await tx.select().from(stacks));
  return known.map((row) => {
    const character = characterOf(row);
    const journeyRow = journeyRows.get(row.id)?.[0] ?? null;
    return {
      charId: row.id,
      archetype: character.archetype,
      gear: character.gear ?? noGear,
      attributes: characterSheet(character).ownAttributes,
      journey: journeyOf(journeyRow),
      row: journeyRow,
      grants: granted.get(row.id) ?? [],
      items: made.get(row.id) ?? [],
      wallet: paid.get(row.id) ?? [],
      uses: Object.fromEntries((progress.get(row.id) ?? []).map((one) => [one.skill, one.uses])),
      stacks: Object.fromEntries((held.get(row.id) ?? []).map((one) => [one.kind, one.amount])),
    };
  });
}

function byCharacter<T extends { readonly character_id: number }>(
  rows: readonly T[],
): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.character_id) ?? [];
    group.push(row);
    groups.set(row.character_id, group);
  }
  return groups;
}
