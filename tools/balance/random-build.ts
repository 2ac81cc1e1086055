import {
  type Archetype,
  type Attributes,
  archetypes,
  attributeNames,
} from '../../domains/account/account-context.ts';
import type { FighterSheet } from '../../domains/combat/battle.ts';
import { Dice, branchOff, chanceFrom } from '../../domains/combat/rules/v1/dice.ts';
import { type Item, bonusOf, slotFor } from '../../domains/inventory/item.ts';
import { bestWorn } from '../../domains/inventory/best-worn.ts';
import { type Draw, rollItem } from '../../domains/inventory/roll-item.ts';
import { rarityWeights } from '../../resources/numbers/items.ts';
import { freshSheet, testSeed } from '../../tests/support/combat-sheets.ts';

/** Points of levels, and of the prologue. */
const OWN_POINTS = 15;
/** Items that somebody who has played for long has found. */
const MOST_ITEMS = 30;
const tiers = ['shop', 'tier1', 'tier2', 'tier3', 'boss'] as const;

/** Draws that are the same for the same number. */
export function drawOf(n: number): Draw {
  const dice = new Dice(branchOff(chanceFrom(testSeed(n)), 0));
  return (sides) => dice.below(sides);
}

/**
 * A character after some time: own points where the player wants them, and of the items that it
 * found the best or, in one case of three, any of them.
 */
export function randomBuild(draw: Draw, archetype: Archetype): FighterSheet {
  const raised = bonusOf(wornItems(draw, archetype));
  addOwnPoints(draw, raised);
  return freshSheet(archetype, raised);
}

export function randomArchetype(draw: Draw): Archetype {
  return archetypes[draw(archetypes.length)] ?? 'warrior';
}

function wornItems(draw: Draw, archetype: Archetype): Item[] {
  const weights = rarityWeights[tiers[draw(tiers.length)] ?? 'shop'];
  const found = Array.from({ length: draw(MOST_ITEMS + 1) }, (_, index): Item => {
    const kind = rollItem(draw, { archetype, weights });
    return {
      ...kind,
      affixes: [...kind.affixes],
      id: index + 1,
      place: 'bag',
      slot: null,
      locked: false,
    };
  });
  if (draw(3) === 0) return [...new Map(found.map((item) => [slotFor(item), item])).values()];
  return Object.values(bestWorn(found, archetype)).filter((item) => item !== null);
}

/** Into two attributes that the player likes, or into any. */
function addOwnPoints(draw: Draw, raised: Attributes): void {
  const any = () => attributeNames[draw(attributeNames.length)] ?? 'luck';
  const liked = [any(), any()];
  const isPicky = draw(2) === 0;
  for (let left = draw(OWN_POINTS + 1); left > 0; left -= 1) {
    const name = isPicky ? (liked[draw(2)] ?? 'luck') : any();
    raised[name] += 1;
  }
}
