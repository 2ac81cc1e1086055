import {
  type Archetype,
  archetypes,
  attributeNames,
} from '../../domains/account/account-context.ts';
import { gearScore } from '../../domains/account/gear-score.ts';
import { levelProgress } from '../../domains/account/level.ts';
import { bestWorn } from '../../domains/inventory/best-worn.ts';
import { type Item, bonusOf } from '../../domains/inventory/item.ts';
import { type Draw, rollItem } from '../../domains/inventory/roll-item.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { rarityWeights } from '../../resources/numbers/items.ts';
import { POINTS_PER_LEVEL } from '../../resources/numbers/levels.ts';

/** Mean of the days since the regulars began; most are young, a few are old. */
const MEAN_DAYS = 12;
/** Two visits of five minutes: the highest level after 18 days. */
const XP_A_DAY = 75;
const ITEMS_A_DAY = 2;
/** Points of the prologue, which everybody has played by the second day. */
const PROLOGUE_POINTS = 6;

/** GearScore of a regular: level and items of some days of play, the best of them worn. */
export function gearedScore(uniform: () => number): number {
  const draw: Draw = (sides) => Math.floor(uniform() * sides);
  const days = -MEAN_DAYS * Math.log(1 - uniform());
  const archetype = archetypes[draw(archetypes.length)] ?? 'warrior';
  const { level } = levelProgress(Math.floor(XP_A_DAY * days));
  const items = itemsFound(draw, { archetype, level, count: Math.floor(ITEMS_A_DAY * days) });
  const worn = Object.values(bestWorn(items, archetype)).filter((item) => item !== null);
  const attributes = bonusOf(worn);
  for (const name of attributeNames)
    attributes[name] += archetypeNumbers[archetype].attributes[name];
  for (let left = ownPoints(level, days); left > 0; left -= 1) {
    attributes[attributeNames[draw(attributeNames.length)] ?? 'luck'] += 1;
  }
  return gearScore(attributes);
}

function ownPoints(level: number, days: number): number {
  return POINTS_PER_LEVEL * (level - 1) + (days < 1 ? 0 : PROLOGUE_POINTS);
}

interface Finds {
  readonly archetype: Archetype;
  readonly level: number;
  readonly count: number;
}

function itemsFound(draw: Draw, { archetype, level, count }: Finds): Item[] {
  const weights = weightsAt(level);
  return Array.from({ length: count }, (_, index) => {
    const kind = rollItem(draw, { archetype, weights });
    const affixes = [...kind.affixes];
    return { ...kind, affixes, id: index + 1, place: 'bag', slot: null, locked: false };
  });
}

/** The places where a character of this level fights. */
function weightsAt(level: number) {
  if (level < 2) return rarityWeights.tier1;
  return level < 4 ? rarityWeights.tier2 : rarityWeights.tier3;
}
