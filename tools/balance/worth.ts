import {
  type Archetype,
  type AttributeName,
  archetypes,
  attributeNames,
} from '../../domains/account/account-context.ts';
import { shadowPolicy } from '../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { fightSeries } from '../../tests/support/combat-series.ts';
import { freshSheet } from '../../tests/support/combat-sheets.ts';

/** The points that an attribute is raised by to measure what one of them is worth. */
const RAISED = 6;
/** What no measurement can tell from zero counts as a little: a point is never worth nothing. */
const LEAST = 5;

type WorthRow = Record<AttributeName, number>;
type WorthTable = Record<Archetype, WorthRow>;

/**
 * What one point of each attribute adds to the logit of the win share, in thousandths: a fighter
 * with six points more against the fresh ones of every archetype, compared with a fresh fighter in
 * the same duels. Both sides play the Shadow's policy; `duels` for each cell.
 */
export function measureWorth(duels: number): WorthTable {
  const rows = archetypes.map((one) => [one, measureRow(one, duels)]);
  return Object.fromEntries(rows) as WorthTable;
}

/** That of one archetype. */
export function measureRow(archetype: Archetype, duels: number): WorthRow {
  const fresh = meanLogit(archetype, {}, duels);
  const cells = attributeNames.map((name) => {
    const gained = meanLogit(archetype, { [name]: RAISED }, duels) - fresh;
    return [name, Math.max(LEAST, Math.round((1000 * gained) / RAISED))];
  });
  return Object.fromEntries(cells) as WorthRow;
}

function meanLogit(
  archetype: Archetype,
  raised: Partial<Record<AttributeName, number>>,
  duels: number,
): number {
  const one = { sheet: freshSheet(archetype, raised), policy: shadowPolicy };
  const logits = archetypes.map((opponent) => {
    const other = { sheet: freshSheet(opponent), policy: shadowPolicy };
    return logit(fightSeries(one, other, duels / archetypes.length).winRate);
  });
  return logits.reduce((sum, value) => sum + value, 0) / logits.length;
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}

/** The table as the data of `resources/numbers/worth.ts`. */
export function worthSource(table: WorthTable): string[] {
  const rows = archetypes.flatMap((archetype) => [
    `  ${archetype}: {`,
    ...attributeNames.map((name) => `    ${name}: ${table[archetype][name]},`),
    '  },',
  ]);
  return ['export const worthNumbers = {', ...rows, '}'];
}
