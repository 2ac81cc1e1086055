import { noGear } from '../../domains/account/account-context.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import { xpForLevel } from '../../domains/account/level.ts';
import { type Earnings, newJourney } from '../../domains/inventory/journey.ts';

interface Earned extends Partial<Omit<Earnings, 'journey'>> {
  readonly level?: number;
  readonly journey?: Partial<Earnings['journey']>;
}

/** What a warrior has earned: version 7 and, unless the test says otherwise, nothing else. */
export function earningsOf({ level = 1, journey, ...rest }: Earned = {}): Earnings {
  const archetype = rest.archetype ?? 'warrior';
  const { ownAttributes, skills } = characterSheet({ archetype });
  return {
    charId: 42,
    userId: 7,
    archetype,
    attributes: ownAttributes,
    skills,
    loadout: null,
    gear: noGear,
    items: [],
    stacks: {},
    purchases: [],
    uses: {},
    ...rest,
    journey: { ...newJourney, version: 7, level, xp: xpForLevel(level), ...journey },
  };
}
