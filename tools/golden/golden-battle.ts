import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import {
  type Battle,
  type Fighter,
  fighterSheetSchema,
  inputSchema,
  outcomeSchema,
  rulesVersionSchema,
  seedSchema,
  sideSchema,
} from '../../domains/combat/battle.ts';

/** Inputs of a battle and the states that a version of the rules must always reach with them. */
const goldenBattleSchema = z.strictObject({
  name: z.string(),
  seed: seedSchema,
  shadow: sideSchema.nullable(),
  sheets: z.tuple([fighterSheetSchema, fighterSheetSchema]),
  /** Each input, and `stateOf` the battle after it. */
  steps: z.array(z.strictObject({ input: inputSchema, state: z.string() })),
  outcome: outcomeSchema,
  turns: z.int().min(1),
});
export type GoldenBattle = z.infer<typeof goldenBattleSchema>;

const fileSchema = z.strictObject({
  rules: rulesVersionSchema,
  battles: z.array(goldenBattleSchema),
});

export function goldenFile(version: number): string {
  const path = `../../tests/domains/combat/rules/fixtures/golden-battles-${version}.json`;
  return fileURLToPath(new URL(path, import.meta.url));
}

export function readGoldenBattles(version: number): GoldenBattle[] {
  const { rules, battles } = fileSchema.parse(
    JSON.parse(readFileSync(goldenFile(version), 'utf8')),
  );
  if (rules !== version) throw new Error(`golden battles are of rules ${rules}, not ${version}`);
  return battles;
}

/** Everything that an exchange changes, in one line that shows well in a diff. */
export function stateOf({ turn, chance, fighters, outcome }: Battle): string {
  const end = outcome === null ? [] : [`${outcome.reason} ${String(outcome.winner)}`];
  return [`turn ${turn}`, ...fighters.map(fighterState), chance.join(' '), ...end].join(' | ');
}

function fighterState({ stats, effects, lastTechnique }: Fighter): string {
  const vitals = Object.entries(stats).map(([name, { cur, max }]) => `${name} ${cur}/${max}`);
  const active = Object.entries(effects)
    .filter(([, turns]) => turns > 0)
    .map(([name, turns]) => `${name} ${turns}`);
  return [...vitals.toSorted(), ...active.toSorted(), lastTechnique ?? 'none'].join(', ');
}

/** The file's text: a line for each input, so that a diff shows the input that changed. */
export function goldenText(rules: number, battles: readonly GoldenBattle[]): string {
  const lines = battles.map(({ steps, ...battle }) => {
    const stepLines = steps.map((step) => JSON.stringify(step)).join(',\n    ');
    return `${JSON.stringify(battle).slice(0, -1)}, "steps": [\n    ${stepLines}\n  ]}`;
  });
  return `{"rules": ${rules}, "battles": [\n  ${lines.join(',\n  ')}\n]}\n`;
}
