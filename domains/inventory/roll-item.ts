import {
  OWN_STYLE_PERCENT,
  ownStyles,
  rarities,
  templates,
} from '../../resources/numbers/items.ts';
import type { Archetype } from '../account/account-context.ts';
import { type ItemKind, type Rarity, affixIds, rarityNames, templateIds } from './item.ts';

/** A uniform integer in [0, sides), the same from the same seed. */
export type Draw = (sides: number) => number;

export interface RollFor {
  readonly archetype: Archetype;
  readonly weights: Readonly<Record<Rarity, number>>;
}

type Style = (typeof ownStyles)[Archetype];

/** An item of the shop or of loot, more often of the archetype's own style. */
export function rollItem(draw: Draw, { archetype, weights }: RollFor): ItemKind {
  const style = rolledStyle(draw, ownStyles[archetype]);
  const template = drawnOf(
    draw,
    templateIds.filter(
      (id) => templates[id].style === style && templates[id].source === 'anywhere',
    ),
  );
  const rarity = rolledRarity(draw, weights);
  const affixes = Array.from({ length: rarities[rarity].affixes }, () => drawnOf(draw, affixIds));
  return { template, rarity, affixes };
}

/** The same item with another first affix; without affixes unchanged. */
export function withOtherAffix(draw: Draw, item: ItemKind): ItemKind {
  const [old, ...rest] = item.affixes;
  if (old === undefined) return item;
  return {
    ...item,
    affixes: [
      drawnOf(
        draw,
        affixIds.filter((id) => id !== old),
      ),
      ...rest,
    ],
  };
}

function rolledStyle(draw: Draw, own: Style): Style {
  if (draw(100) < OWN_STYLE_PERCENT) return own;
  return drawnOf(
    draw,
    Object.values(ownStyles).filter((style) => style !== own),
  );
}

function rolledRarity(draw: Draw, weights: Readonly<Record<Rarity, number>>): Rarity {
  const sum = rarityNames.reduce((total, rarity) => total + weights[rarity], 0);
  let left = draw(sum);
  for (const rarity of rarityNames) {
    left -= weights[rarity];
    if (left < 0) return rarity;
  }
  throw new RangeError(`the draw is not below ${sum}`);
}

/** One of the options; a RangeError if there is none. */
export function drawnOf<T>(draw: Draw, options: readonly T[]): T {
  const drawn = options[draw(options.length)];
  if (drawn === undefined) throw new RangeError(`the draw is not below ${options.length}`);
  return drawn;
}
