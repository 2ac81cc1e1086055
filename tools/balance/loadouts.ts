import { type Archetype, archetypes } from '../../domains/account/account-context.ts';
import { isLoadout } from '../../domains/account/loadout.ts';
import type { TechniqueId } from '../../domains/combat/battle.ts';
import { shadowPolicy } from '../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import {
  CHOSEN_TECHNIQUES,
  FIXED_TECHNIQUE,
  learnableTechniques,
} from '../../resources/numbers/loadouts.ts';
import { techniqueIds } from '../../resources/numbers/techniques.ts';
import { fightSeries } from '../../tests/support/combat-series.ts';
import { freshSheet } from '../../tests/support/combat-sheets.ts';

/** The share of duels that each loadout wins, in percent. */
export const loadoutBand = { least: 44, most: 56 } as const;

export interface Loadout {
  readonly archetype: Archetype;
  readonly techniques: readonly TechniqueId[];
}

/** Every choice of three techniques that a character can know, with the fixed one, allowed or not. */
export function choicesFor(archetype: Archetype): Loadout[] {
  const known = [...archetypeNumbers[archetype].techniques, ...learnableTechniques[archetype]];
  const options = techniqueIds.filter((id) => id !== FIXED_TECHNIQUE && known.includes(id));
  return choicesOf(options, CHOSEN_TECHNIQUES).map((chosen) => ({
    archetype,
    techniques: [...chosen, FIXED_TECHNIQUE],
  }));
}

function choicesOf<T>(options: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return options.flatMap((option, at) =>
    choicesOf(options.slice(at + 1), count - 1).map((rest) => [option, ...rest]),
  );
}

/** Wins against fresh characters of all archetypes, in percent; `duels` against each. */
export function loadoutWins({ archetype, techniques }: Loadout, duels: number): number {
  const own = { ...freshSheet(archetype), techniques: [...techniques] };
  const rates = archetypes.map((opponent) => {
    const other = { sheet: freshSheet(opponent), policy: shadowPolicy };
    return 100 * fightSeries({ sheet: own, policy: shadowPolicy }, other, duels).winRate;
  });
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}

/** Every choice with its wins; those outside the band are marked, and are no loadouts. */
export function* loadoutsTable(duels: number): Generator<string> {
  let [within, misplaced] = [0, 0];
  for (const choice of archetypes.flatMap(choicesFor)) {
    const { archetype, techniques } = choice;
    const rate = loadoutWins(choice, duels);
    const isListed = isLoadout(archetype, techniques);
    within += isWithin(rate) ? 1 : 0;
    misplaced += isWithin(rate) === isListed ? 0 : 1;
    const marks = `${isWithin(rate) ? '' : ' (outside)'}${isListed ? '' : ' (not a loadout)'}`;
    yield `${rate.toFixed(1)} % ${archetype}: ${techniques.join(', ')}${marks}`;
  }
  yield `${within} choices within ${loadoutBand.least}–${loadoutBand.most} %; ${misplaced} not as in the table`;
}

export function isWithin(rate: number): boolean {
  return rate >= loadoutBand.least && rate <= loadoutBand.most;
}
