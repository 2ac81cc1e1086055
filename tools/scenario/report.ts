import { type Scenario, nodeOf } from '../../domains/scenario/scenario.ts';
import type { Language } from '../../resources/texts/index.ts';
import { markdownTable, percent } from '../bench/print-table.ts';
import { shown } from './shown.ts';
import { type Survey, archetypes, rewardsOf, textsOf } from './survey.ts';

const LETTERS_A_MINUTE = 1000;
/** Texts that are longer are named: a phone shows no more without scrolling. */
const LONG_TEXT = 350;

/** Everything that an author wants to know of a scenario. */
export function report(scenario: Scenario, found: Survey, language: Language): string {
  return [
    markdownTable(['node', 'visits', 'letters'], nodeRows(scenario, found, language)),
    markdownTable(['choice', 'taken', 'text'], choiceRows(scenario, found, language)),
    markdownTable(['archetype', 'xp', 'gold', 'ends', 'loot'], rewardRows(found)),
    lengthLine(scenario, found, language),
    ...found.problems.map((problem) => `WRONG: ${problem}`),
  ].join('\n\n');
}

function nodeRows(scenario: Scenario, { nodes, walks }: Survey, language: Language): string[][] {
  return [...nodes].map(([id, visits]) => {
    const letters = lettersOf(shown(nodeOf(scenario, id).text, reader(language)));
    const mark = letters > LONG_TEXT ? ' (long)' : '';
    return [id, percent(visits / walks.length), `${letters}${mark}`];
  });
}

function choiceRows(
  scenario: Scenario,
  { choices, walks }: Survey,
  language: Language,
): string[][] {
  return [...choices].map(([id, taken]) => {
    const [nodeId = '', index = '0'] = id.split(' ');
    const node = nodeOf(scenario, nodeId);
    const label = 'pool' in node ? node.pool.label : labelAt(node, Number(index));
    const words = label === undefined ? '' : shown(label, reader(language));
    return [id, percent(taken / walks.length), words];
  });
}

function labelAt(node: ReturnType<typeof nodeOf>, index: number) {
  return 'choices' in node ? node.choices[index]?.label : undefined;
}

function rewardRows(found: Survey): string[][] {
  return archetypes.map((archetype) => {
    const { xp, gold, loot, ends, walks } = rewardsOf(found, archetype);
    const shares = (counts: ReadonlyMap<string, number>) =>
      [...counts].map(([id, count]) => `${id} ${percent(count / walks, 0)}`).join(', ');
    return [archetype, xp.toFixed(1), gold.toFixed(1), shares(ends), shares(loot)];
  });
}

function lengthLine(scenario: Scenario, { walks, taps }: Survey, language: Language): string {
  const letters = walks
    .map((one) =>
      textsOf(scenario, one).reduce((sum, key) => sum + lettersOf(shown(key, reader(language))), 0),
    )
    .reduce((sum, one) => sum + one, 0);
  const minutes = letters / Math.max(1, walks.length) / LETTERS_A_MINUTE;
  return `taps: median ${taps.median}, p90 ${taps.p90}, longest walk ${taps.most}; reading ${minutes.toFixed(1)} minutes without battles, ${scenario.minutes} announced`;
}

function reader(language: Language) {
  return { language, name: language === 'ru' ? 'Борин' : 'Borin', gender: 'male' } as const;
}

function lettersOf(words: string): number {
  return Array.from(words).length;
}
