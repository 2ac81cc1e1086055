import { POINTS_PER_LEVEL, COUNTED_BATTLES_A_DAY } from '../../resources/numbers/levels.ts';
import { attributeNames } from '../../domains/account/account-context.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import { levelProgress } from '../../domains/account/level.ts';
import { battleGrantId } from '../../domains/rewards/battle-rewards.ts';
import { type Violation, violation } from '../chaos/violation.ts';
import { itemViolations } from './audit-items.ts';
import { walletViolations } from './audit-wallet.ts';
import type { Earned, EarnedByAll, SideRow } from './earned.ts';

/** More points above those of the archetype cannot be earned. */
const MAX_SPENT = 15;

export interface Audit {
  /** Sides of battles that have their grant. */
  readonly paid: number;
  /** Battles that a release without rewards stored. */
  readonly unpaid: readonly string[];
  readonly violations: readonly Violation[];
}

/** Battles of `isOlder` were stored by a release that gave no rewards: without grants they are counted apart. */
export function auditEarned(
  { characters, sides, pending }: EarnedByAll,
  isOlder: (side: SideRow) => boolean,
): Audit {
  const owners = new Map(
    characters.flatMap(({ charId, grants }) => grants.map(({ id }) => [id, charId] as const)),
  );
  const known = new Set(characters.map(({ charId }) => charId));
  const due = sides.filter(
    ({ battle_id, character_id }) =>
      character_id !== null && known.has(character_id) && !pending.has(battle_id),
  );
  const missing = due.filter((one) => owners.get(grantIdOf(one)) !== one.character_id);
  const paidBattles = new Set(
    due.filter((one) => !missing.includes(one)).map((one) => one.battle_id),
  );
  const isUnpaid = (one: SideRow) => isOlder(one) && !paidBattles.has(one.battle_id);
  const fought = new Set(sides.map(grantIdOf));
  return {
    paid: due.length - missing.length,
    unpaid: [...new Set(missing.filter(isUnpaid).map((one) => one.battle_id))],
    violations: [
      ...missing.filter((one) => !isUnpaid(one)).map((one) => unpaidSide(one)),
      ...[...owners.keys()]
        .filter((id) => id.startsWith('battle:') && !fought.has(id))
        .map((id) => violation('every battle paid once', `grant ${id} is of no stored side`)),
      ...characters.flatMap((one) => [
        ...countedViolations(one),
        ...walletViolations(one),
        ...levelViolations(one),
        ...itemViolations(one),
      ]),
    ],
  };
}

const grantIdOf = ({ battle_id, side }: SideRow) => battleGrantId(battle_id, side);

function unpaidSide({ battle_id, side, character_id }: SideRow): Violation {
  const detail = `side ${side} of battle ${battle_id} is not paid to character ${String(character_id)}`;
  return violation('every battle paid once', detail);
}

function countedViolations({ charId, grants }: Earned): Violation[] {
  const counts = new Map<string, number>();
  for (const { id, contents, created_at } of grants) {
    if (!id.startsWith('battle:') || contents.xp === 0) continue;
    const day = created_at.toISOString().slice(0, 10);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > COUNTED_BATTLES_A_DAY)
    .map(([day, count]) =>
      violation('every battle paid once', `${count} battles of ${day} paid character ${charId}`),
    );
}

function levelViolations({ charId, archetype, attributes, journey, grants, uses }: Earned) {
  const found: Violation[] = [];
  const check = (what: string, has: number, earned: number) => {
    if (has !== earned)
      found.push(
        violation(
          'every level earned',
          `${what} of character ${charId}: has ${has}, earned ${earned}`,
        ),
      );
  };
  const xp = grants.reduce((sum, { contents }) => sum + contents.xp, 0);
  check('experience', journey.xp, xp);
  check('level', journey.level, levelProgress(journey.xp).level);
  const spent = spentPoints({ archetype, attributes });
  check('points', journey.points, POINTS_PER_LEVEL * (journey.level - 1) - sumOf(spent));
  for (const [at, points] of spent.entries()) {
    if (points < 0 || points > MAX_SPENT)
      found.push(
        violation(
          'every level earned',
          `${attributeNames[at] ?? ''} of character ${charId} is ${points} above the archetype's`,
        ),
      );
  }
  for (const skill of new Set([
    ...Object.keys(uses),
    ...grants.flatMap(({ contents }) => Object.keys(contents.uses)),
  ]))
    check(
      `uses of ${skill}`,
      uses[skill] ?? 0,
      sumOf(grants.map(({ contents }) => contents.uses[skill] ?? 0)),
    );
  return found;
}

function spentPoints({
  archetype,
  attributes,
}: Pick<Earned, 'archetype' | 'attributes'>): number[] {
  const { ownAttributes: first } = characterSheet({ archetype });
  return attributeNames.map((name) => attributes[name] - first[name]);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
