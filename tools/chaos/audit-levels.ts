import { MAX_RAISE, POINTS_PER_LEVEL } from '../../resources/numbers/levels.ts';
import { attributeNames } from '../../domains/account/account-context.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import { levelProgress } from '../../domains/account/level.ts';
import { scenarioOf } from '../../domains/scenario/scenarios.ts';
import { type Violation, violation } from './violation.ts';
import type { Earned } from './earned.ts';

/** Experience, level, points and uses of techniques against the grants that gave them. */
export function levelViolations(earned: Earned): Violation[] {
  const { charId, journey, attributes, archetype } = earned;
  const raised = raisedBy({ archetype, attributes });
  const impossible = raised.filter(({ points }) => points < 0 || points > MAX_RAISE);
  const given = POINTS_PER_LEVEL * (journey.level - 1) + pointsOfStories(journey);
  const points = given - sumOf(raised.map((one) => one.points));
  const counts = [
    {
      what: 'experience',
      has: journey.xp,
      earned: sumOf(earned.grants.map((one) => one.contents.xp)),
    },
    { what: 'level', has: journey.level, earned: levelProgress(journey.xp).level },
    { what: 'points', has: journey.points, earned: points },
    ...usesOf(earned),
  ];
  const details = [
    ...counts
      .filter((one) => one.has !== one.earned)
      .map((one) => `${one.what} of character ${charId}: has ${one.has}, earned ${one.earned}`),
    ...impossible.map(
      (one) => `${one.name} of character ${charId} is ${one.points} above the archetype's`,
    ),
  ];
  return details.map((detail) => violation('every level earned', detail));
}

function usesOf({ uses, grants }: Earned) {
  const given = grants.map(({ contents }) => contents.uses);
  const skills = new Set([uses, ...given].flatMap((one) => Object.keys(one)));
  return [...skills].map((skill) => {
    const earned = sumOf(given.map((one) => one[skill] ?? 0));
    return { what: `uses of ${skill}`, has: uses[skill] ?? 0, earned };
  });
}

/** Points that the ends of stories have distributed; a story that does so is played once. */
function pointsOfStories({ stories }: Earned['journey']): number {
  return sumOf(
    Object.keys(stories.ended).map((key) => {
      const nodes = Object.values(scenarioOf(key)?.nodes ?? {});
      const effects = nodes.flatMap((node) => node.effects ?? []);
      return Math.max(0, ...effects.map((one) => ('distribute' in one ? one.distribute : 0)));
    }),
  );
}

/** Points above the archetype's attributes. */
function raisedBy({ archetype, attributes }: Pick<Earned, 'archetype' | 'attributes'>) {
  const { ownAttributes: first } = characterSheet({ archetype });
  return attributeNames.map((name) => ({ name, points: attributes[name] - first[name] }));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
