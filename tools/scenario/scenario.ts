import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { archetypeSchema } from '../../domains/account/account-context.ts';
import { problemsOf } from '../../domains/scenario/proof.ts';
import { scenarioKeys, scenarioOf } from '../../domains/scenario/scenarios.ts';
import { languages } from '../../resources/texts/index.ts';
import { print } from '../bench/print-table.ts';
import { mermaid } from './graph.ts';
import { play } from './play.ts';
import { report } from './report.ts';
import { survey } from './survey.ts';

/**
 * `npm run scenario -- mill [--walks 10000] [--lang ru]` proves a scenario and walks through it;
 * `--play [--archetype mystic] [--run 2]` plays it in the terminal, `--graph` prints it for Mermaid.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    walks: { type: 'string', default: '10000' },
    lang: { type: 'string', default: 'en' },
    play: { type: 'boolean', default: false },
    graph: { type: 'boolean', default: false },
    archetype: { type: 'string', default: 'warrior' },
    run: { type: 'string', default: '1' },
  },
});

const scenario = scenarioOf(positionals[0] ?? '');
const language = languages.find((one) => one === values.lang);
if (scenario === null || language === undefined) {
  process.stderr.write(
    `scenarios: ${scenarioKeys.join(', ')}; languages: ${languages.join(', ')}\n`,
  );
  process.exitCode = 2;
} else {
  const problems = problemsOf(scenario);
  for (const problem of problems) print(problem);
  if (problems.length > 0) process.exitCode = 1;
  else if (values.graph) print(mermaid(scenario));
  else if (values.play) await playIt(scenario, language);
  else walkThrough(scenario, language);
}

type Chosen = NonNullable<typeof scenario>;
type Spoken = NonNullable<typeof language>;

async function playIt(chosen: Chosen, spoken: Spoken): Promise<void> {
  const terminal = createInterface({ input: process.stdin });
  await play(chosen, {
    reader: { language: spoken, name: spoken === 'ru' ? 'Борин' : 'Borin', gender: 'male' },
    archetype: archetypeSchema.parse(values.archetype),
    run: Number(values.run),
    seed: 'terminal',
    lines: terminal[Symbol.asyncIterator](),
    print,
  });
  terminal.close();
}

function walkThrough(chosen: Chosen, spoken: Spoken): void {
  const found = survey(chosen, Number(values.walks));
  print(report(chosen, found, spoken));
  if (found.problems.length > 0) process.exitCode = 1;
}
