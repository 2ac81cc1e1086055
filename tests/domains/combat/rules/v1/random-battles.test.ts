import { expect, test } from 'vitest';
import { archetypes } from '../../../../../domains/account/account-context.ts';
import {
  type Battle,
  type BattleEvent,
  battleEventSchema,
  battleSchema,
} from '../../../../../domains/combat/battle.ts';
import { playDuel } from '../../../../support/play-duel.ts';
import { randomPolicy } from '../../../../../domains/combat/rules/v1/policy/random-policy.ts';
import { combatNumbers } from '../../../../../domains/combat/rules/v1/numbers.ts';
import { evenSheet, freshSheet, testSeed } from '../../../../support/combat-sheets.ts';
import { repetitions } from '../../../../support/repetitions.ts';

const BATTLES = repetitions({ short: 200, full: 10_000 });
const { turnLimit } = combatNumbers;
const policies = [randomPolicy, randomPolicy] as const;

/** New fighters, some very weak or very strong. */
function fighterOf(n: number) {
  if (n % 25 === 0) return evenSheet(0, 'feint', 'siphon', 'breath');
  if (n % 25 === 1) return evenSheet(1_000_000, 'shield_wall', 'war_cry');
  return freshSheet(archetypes[n % archetypes.length] ?? 'warrior');
}

function faultsOf(battle: Battle, events: readonly BattleEvent[]): string[] {
  const faults: string[] = [];
  if (battle.outcome === null) faults.push('has not ended');
  if (battle.turn > turnLimit) faults.push(`went on to turn ${battle.turn}`);
  for (const { stats, effects } of battle.fighters) {
    for (const { cur, max } of Object.values(stats)) {
      if (!Number.isInteger(cur) || cur < 0 || cur > max) faults.push(`a vital of ${cur}/${max}`);
    }
    for (const turns of Object.values(effects)) {
      if (!Number.isInteger(turns) || turns < 0) faults.push(`an effect of ${turns} turns`);
    }
  }
  const endings = events.filter(({ kind }) => kind === 'end').length;
  if (endings !== 1) faults.push(`${endings} endings`);
  return faults;
}

test(`${BATTLES} random battles all end, once, with every number within its bounds`, () => {
  const faults: string[] = [];
  const reasons = new Map<string, number>();
  for (let n = 0; n < BATTLES; n += 1) {
    const sheets = [fighterOf(n), fighterOf(Math.floor(n / 4))] as const;
    const { battle, events } = playDuel({ seed: testSeed(n), sheets, policies });
    faults.push(...faultsOf(battle, events.flat()).map((fault) => `battle ${n}: ${fault}`));
    const reason = battle.outcome?.reason ?? 'none';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    // Every battle must be storable; a sample is enough because parsing is slow.
    if (n % 100 === 0) {
      battleSchema.parse(battle);
      battleEventSchema.array().parse(events.flat());
    }
  }
  expect(faults).toEqual([]);
  expect(reasons.get('knockout')).toBeGreaterThan(BATTLES * 0.95);
});
