import { archetypes, attributeNames } from '../../domains/account/account-context.ts';
import { gearScore } from '../../domains/account/gear-score.ts';
import { shadowPolicy } from '../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { fightSeries } from '../../tests/support/combat-series.ts';
import { freshSheet } from '../../tests/support/combat-sheets.ts';
import { Sample } from '../bench/sample.ts';

const RAISES = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65];

/** How often the side with a lead in GearScore wins, if both use the same policy. */
export interface Odds {
  /** As a share of the weaker side's GearScore. */
  readonly lead: number;
  readonly winRate: number;
}

/** By duels of each archetype against itself with all attributes raised by the same share. */
export function measureOdds(duelsEach: number): Odds[] {
  return RAISES.map((raise) => {
    const series = archetypes.map((archetype) => raisedSeries(archetype, raise, duelsEach));
    return {
      lead: new Sample(series.map(({ lead }) => lead)).mean,
      winRate: new Sample(series.map(({ winRate }) => winRate)).mean,
    };
  });
}

function raisedSeries(archetype: (typeof archetypes)[number], raise: number, duels: number): Odds {
  const weak = freshSheet(archetype);
  const points = Object.fromEntries(
    attributeNames.map((name) => [name, Math.round(raise * weak.attributes[name])]),
  );
  const strong = freshSheet(archetype, points);
  const { winRate } = fightSeries(
    { sheet: strong, policy: shadowPolicy },
    { sheet: weak, policy: shadowPolicy },
    duels,
  );
  return { lead: gearScore(strong.attributes) / gearScore(weak.attributes) - 1, winRate };
}
