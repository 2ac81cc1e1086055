import type { Violation } from './violation.ts';
import { itemViolations } from './audit-items.ts';
import { levelViolations } from './audit-levels.ts';
import { type RewardAudit, auditRewards } from './audit-rewards.ts';
import { walletViolations } from './audit-wallet.ts';
import { worldViolations } from './audit-world.ts';
import type { Earned, EarnedByAll, SideRow } from './earned.ts';

/** Battles of `isOlder` were stored by a release that gave no rewards: without grants they are counted apart. */
export function auditEarned(all: EarnedByAll, isOlder: (side: SideRow) => boolean): RewardAudit {
  const rewards = auditRewards(all, isOlder);
  return { ...rewards, violations: [...rewards.violations, ...all.characters.flatMap(auditOne)] };
}

function auditOne(earned: Earned): Violation[] {
  return [
    ...[...walletViolations(earned), ...levelViolations(earned), ...itemViolations(earned)],
    ...worldViolations(earned),
  ];
}

/** For a database whose history is not known: what ended before the first paid battle was of an older release. */
export function endedBeforeRewards({ characters }: EarnedByAll): (side: SideRow) => boolean {
  const paid = characters.flatMap(({ grants }) =>
    grants.filter(({ id }) => id.startsWith('battle:')),
  );
  const firstMs = paid.reduce((first, one) => Math.min(first, one.created_at.getTime()), Infinity);
  return ({ ended_at }) => ended_at.getTime() < firstMs;
}
