import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { replay } from '../../domains/combat/replay.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Writes a test that replays the battle and expects its events and outcome; answers its path. */
export async function writeBattleTest(archived: ArchivedBattle): Promise<string> {
  const file = `tests/domains/combat/battles/battle-${archived.id}.test.ts`;
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), await formatted(battleTest(archived), join(root, file)));
  return file;
}

/** Without names and numbers of players. */
export function battleTest({ id, rules, seed, sheets, inputs, outcome }: ArchivedBattle): string {
  const fought = { rules, seed, sheets, inputs };
  const { steps } = replay(fought);
  const events = steps.map((step) => step.events);
  return `import { expect, test } from 'vitest';
import { archivedBattleSchema } from '../../../../domains/combat/battle-archive.ts';
import { replay } from '../../../../domains/combat/replay.ts';

const fought = archivedBattleSchema
  .pick({ rules: true, seed: true, sheets: true, inputs: true })
  .parse(${JSON.stringify(fought)});

const events = ${JSON.stringify(events)};

test('battle ${id} replays to its events and outcome', () => {
  const { steps, battle } = replay(fought);
  expect(steps.map((step) => step.events)).toEqual(events);
  expect(battle.outcome).toEqual(${JSON.stringify(outcome)});
});
`;
}

/** Prettier is for development; without it the test is only harder to read. */
async function formatted(source: string, file: string): Promise<string> {
  try {
    const { format, resolveConfig } = await import('prettier');
    return await format(source, { ...(await resolveConfig(file)), parser: 'typescript' });
  } catch {
    return source;
  }
}
