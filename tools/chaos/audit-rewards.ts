import { COUNTED_BATTLES_A_DAY } from '../../resources/numbers/levels.ts';
import { isStoryBattle } from '../../domains/combat/wild-battles.ts';
import { battleGrantId } from '../../domains/rewards/battle-rewards.ts';
import { type Violation, violation } from './violation.ts';
import type { Earned, EarnedByAll, SideRow } from './earned.ts';

export interface RewardAudit {
  /** Sides of battles that have their grant. */
  readonly paid: number;
  /** Battles that a release without rewards stored. */
  readonly unpaid: readonly string[];
  readonly violations: readonly Violation[];
}

/** Each stored battle against the grants of its characters. */
export function auditRewards(all: EarnedByAll, isOlder: (side: SideRow) => boolean): RewardAudit {
  const { due, paid, missing } = dueSides(all);
  const paidBattles = new Set(paid.map(({ battle_id }) => battle_id));
  const isUnpaid = (one: SideRow) => isOlder(one) && !paidBattles.has(one.battle_id);
  const unpaid = missing.filter(isUnpaid).map(({ battle_id }) => battle_id);
  return {
    paid: due.length - missing.length,
    unpaid: [...new Set(unpaid)],
    violations: [
      ...missing.filter((one) => !isUnpaid(one)).map(unpaidSide),
      ...unknownBattles(all),
      ...all.characters.flatMap(countedViolations),
    ],
  };
}

/** Without those of unknown characters, of battles with a pending handler, and of battles in stories, which pay nothing. */
function dueSides({ characters, sides, pending }: EarnedByAll) {
  const known = new Set(characters.map(({ charId }) => charId));
  const owners = new Map(
    characters.flatMap(({ charId, grants }) => grants.map(({ id }) => [id, charId] as const)),
  );
  const due = sides.filter(
    ({ battle_id, character_id }) =>
      character_id !== null &&
      known.has(character_id) &&
      !pending.has(battle_id) &&
      !isStoryBattle(battle_id),
  );
  const isPaid = (one: SideRow) => owners.get(grantIdOf(one)) === one.character_id;
  return { due, paid: due.filter(isPaid), missing: due.filter((one) => !isPaid(one)) };
}

const grantIdOf = ({ battle_id, side }: SideRow) => battleGrantId(battle_id, side);

function unpaidSide({ battle_id, side, character_id }: SideRow): Violation {
  const detail = `side ${side} of battle ${battle_id} is not paid to character ${String(character_id)}`;
  return violation('every battle paid once', detail);
}

/** Grants from before the oldest stored battle are of battles that were deleted by their age. */
function unknownBattles({ characters, sides }: EarnedByAll): Violation[] {
  // The Shadow and monsters are given nothing.
  const fought = new Set(sides.filter((one) => one.character_id !== null).map(grantIdOf));
  const oldestMs = sides.reduce(
    (oldest, one) => Math.min(oldest, one.ended_at.getTime()),
    Infinity,
  );
  const firstMs = oldestMs === Infinity ? -Infinity : oldestMs;
  return characters
    .flatMap(({ grants }) => grants)
    .filter(({ created_at }) => created_at.getTime() >= firstMs)
    .filter(({ id }) => id.startsWith('battle:') && !fought.has(id))
    .map(({ id }) => violation('every battle paid once', `grant ${id} is of no stored side`));
}

function countedViolations({ charId, grants }: Earned): Violation[] {
  const counts = new Map<string, number>();
  for (const { id, contents, created_at } of grants) {
    if (!id.startsWith('battle:') || contents.xp === 0 || contents.wild !== null) continue;
    const day = created_at.toISOString().slice(0, 10);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > COUNTED_BATTLES_A_DAY)
    .map(([day, count]) =>
      violation('every battle paid once', `${count} battles of ${day} paid character ${charId}`),
    );
}
