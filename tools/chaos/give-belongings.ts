import { isNotNull } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { characters } from '../../database/schema.ts';
import { placedGrant } from '../../domains/inventory/journey.ts';

const GOLD = 400;

/** So that players can wear, sell and buy at once: battles pay too little for that within minutes. */
export async function giveBelongings(db: Database): Promise<void> {
  const journeys = new SqlJourneys({ db, clock: { now: () => Date.now() } });
  const { id, archetype } = characters;
  const ready = await db.select({ id }).from(characters).where(isNotNull(archetype));
  for (const { id: charId } of ready) {
    const grant = { id: `chaos:${charId}`, xp: 60, gold: GOLD, uses: {}, items: [...belongings] };
    await journeys.step(charId, ({ items }) => {
      return { kind: 'change', change: { grants: [placedGrant(grant, items)] } };
    });
  }
}

const belongings = [
  { template: 'might_weapon', rarity: 'common', affixes: [] },
  { template: 'grace_weapon', rarity: 'fine', affixes: ['bear'] },
  { template: 'bulwark_head', rarity: 'common', affixes: [] },
  { template: 'lore_charm', rarity: 'rare', affixes: ['owl'] },
] as const;
