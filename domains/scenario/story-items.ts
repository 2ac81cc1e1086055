import { ownStyles, rarities, templates } from '../../resources/numbers/items.ts';
import { type StoryItem, type StoryLootId, storyLoot } from '../../resources/numbers/story-loot.ts';
import type { Archetype } from '../account/account-context.ts';
import { type ItemKind, type TemplateId, affixIds, templateIds } from '../inventory/item.ts';
import { drawnOf } from '../inventory/roll-item.ts';
import { seededDraw } from '../inventory/seeded-draw.ts';

export interface LootFor {
  readonly archetype: Archetype;
  /** The id of the grant: the same id gives the same items. */
  readonly seed: string;
}

/** The items of the loot that a scenario gives. */
export function storyItems(loot: readonly StoryLootId[], { archetype, seed }: LootFor): ItemKind[] {
  const draw = seededDraw(seed);
  return loot
    .flatMap((id): readonly StoryItem[] => storyLoot[id])
    .map((item) => ({
      template: drawnOf(draw, templatesFor(item, archetype)),
      rarity: item.rarity,
      affixes: Array.from({ length: rarities[item.rarity].affixes }, () => drawnOf(draw, affixIds)),
    }));
}

function templatesFor(item: StoryItem, archetype: Archetype): readonly TemplateId[] {
  if ('template' in item) return [item.template];
  return templateIds.filter((id) => {
    const { slot, style, source } = templates[id];
    const fits = item.slot === 'any' || item.slot === slot;
    return fits && style === ownStyles[archetype] && source === 'anywhere';
  });
}
