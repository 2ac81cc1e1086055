import { type Archetype, archetypes } from '../../domains/account/account-context.ts';
import type { ShadowLevel } from '../../domains/combat/battle.ts';
import type { Policy } from '../../domains/combat/rules/policy.ts';
import { randomPolicy } from '../../domains/combat/rules/v1/policy/random-policy.ts';
import { shadowPolicies } from '../../domains/combat/rules/v1/policy/shadow-moves.ts';
import { twoTapPolicy } from '../../domains/combat/rules/v1/policy/two-tap-policy.ts';
import { shadowSheet } from '../../domains/combat/shadow.ts';
import { shadowLevels } from '../../resources/numbers/shadow.ts';
import { fightSeries } from '../../tests/support/combat-series.ts';
import { freshSheet } from '../../tests/support/combat-sheets.ts';

/** How newcomers play. */
export const newcomers = {
  'two random taps': twoTapPolicy,
  'random with techniques': randomPolicy,
  'always the first buttons': () => ({ strike: 'head', guard: 'head-chest', technique: null }),
} as const satisfies Record<string, Policy>;
export type Newcomer = keyof typeof newcomers;

/** The share of fights that two random taps win, for each archetype, in percent. */
export const targets = {
  novice: { least: 55, most: 70 },
  apprentice: { least: 35, most: 50 },
} as const satisfies Partial<Record<ShadowLevel, { least: number; most: number }>>;

/** The share of fights that a fresh character wins against its Shadow, in percent. */
export function newcomerWins(
  archetype: Archetype,
  { newcomer, level }: { readonly newcomer: Newcomer; readonly level: ShadowLevel },
  fights: number,
): number {
  const sheet = freshSheet(archetype);
  const own = { sheet, policy: newcomers[newcomer] };
  const shadow = { sheet: shadowSheet(sheet, level), policy: shadowPolicies[level] };
  return 100 * fightSeries(own, shadow, fights).winRate;
}

/** The whole table in Markdown. */
export function newcomerTable(fights: number): string[] {
  const names: Newcomer[] = [
    'two random taps',
    'random with techniques',
    'always the first buttons',
  ];
  const rows = shadowLevels.flatMap((level) =>
    names.map((newcomer) => {
      const rates = archetypes.map((one) => newcomerWins(one, { newcomer, level }, fights));
      return [
        level,
        newcomer,
        ...rates.map((rate) => `${rate.toFixed(1)} %`),
        targetOf(level, newcomer),
      ];
    }),
  );
  const head = ['Shadow', 'newcomer plays', ...archetypes, 'target'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function targetOf(level: ShadowLevel, newcomer: Newcomer): string {
  if (level === 'master' || newcomer !== 'two random taps') return '–';
  const { least, most } = targets[level];
  return `${least}–${most} %`;
}
