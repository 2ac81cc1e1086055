import type { rarities, slots, templates } from './items.ts';

/** An item of the character's own style for this slot, or this very template. */
export type StoryItem = { readonly rarity: keyof typeof rarities } & (
  { readonly slot: (typeof slots)[number] | 'any' } | { readonly template: keyof typeof templates }
);

/** What scenarios give, by the name that their effects use. */
export const storyLoot = {
  starter: [
    { slot: 'weapon', rarity: 'common' },
    { slot: 'body', rarity: 'common' },
  ],
  millers_thanks: [{ slot: 'any', rarity: 'fine' }],
  chapel_salvage: [{ slot: 'any', rarity: 'rare' }],
  chapel_ember: [{ template: 'might_relic', rarity: 'epic' }],
  chapel_bell: [{ template: 'grace_relic', rarity: 'epic' }],
  chapel_acorn: [{ template: 'bulwark_relic', rarity: 'epic' }],
  chapel_lantern: [{ template: 'lore_relic', rarity: 'epic' }],
} as const satisfies Record<string, readonly StoryItem[]>;

export type StoryLootId = keyof typeof storyLoot;
export const storyLootIds = Object.keys(storyLoot) as readonly StoryLootId[];
