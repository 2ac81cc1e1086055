import type { TestPlayer } from 'telegram-sandbox/testing';
import type { Repositories } from '../../bot/repositories.ts';
import type { ItemKind } from '../../domains/inventory/item.ts';
import { placedGrant } from '../../domains/inventory/journey.ts';

/** Gold and items for the first character of a player, once for each sum of gold. */
export async function giveEarnings(
  who: TestPlayer,
  { characters, journeys }: Repositories,
  { gold = 0, items = [] }: { readonly gold?: number; readonly items?: readonly ItemKind[] },
): Promise<void> {
  const charId = (await characters.listOf(who.id)).at(0)?.character_id ?? 0;
  const grant = { id: `test:${charId}:${gold}`, xp: 0, gold, items, uses: {} };
  await journeys.step(charId, ({ items: own }) => ({
    kind: 'change',
    change: { grants: [placedGrant(grant, own)] },
  }));
}
