import { describe, expect, test } from 'vitest';
import { archetypes } from '../../domains/account/account-context.ts';
import { type ScenarioKey, scenarioKeys, scenarios } from '../../domains/scenario/scenarios.ts';
import { mermaid } from '../../tools/scenario/graph.ts';
import { play } from '../../tools/scenario/play.ts';
import { report } from '../../tools/scenario/report.ts';
import { MOST_TAPS, rewardsOf, survey } from '../../tools/scenario/survey.ts';
import { small } from '../domains/scenario/small-scenario.ts';
import { repetitions } from '../support/repetitions.ts';

const count = repetitions({ short: 500, full: 10_000 });

const nodeCounts: Readonly<Record<ScenarioKey, number>> = { prologue: 14, mill: 14, chapel: 16 };

describe.each(scenarioKeys)('random walks through %s', (key) => {
  const scenario = scenarios[key];
  const found = survey(scenario, count);

  test('visit every node, take every choice and end in time', () => {
    expect(found.problems).toEqual([]);
    expect(found.nodes.size).toBe(nodeCounts[key]);
    expect(found.taps.most).toBeLessThanOrEqual(MOST_TAPS);
    expect(found.taps.most).toBeGreaterThanOrEqual(found.taps.median);
  });

  test.each(archetypes)('always give a %s something', (archetype) => {
    const { walks, xp, ends } = rewardsOf(found, archetype);
    expect(walks).toBe(count / archetypes.length);
    expect(xp).toBeGreaterThan(15);
    expect([...ends.values()].reduce((sum, one) => sum + one, 0)).toBe(walks);
  });
});

test('random walks name nodes and choices that they never meet', () => {
  const { nodes } = small;
  const locked = { label: 'story.prologue.bag.repair', if: { level: 99 }, to: 'attic' } as const;
  const attic = { text: 'story.prologue.end', ends: true } as const;
  const blue = nodes['blue'];
  if (blue === undefined || !('choices' in blue)) throw new Error('blue has choices');
  const choices = [...blue.choices, locked];
  const broken = { ...small, nodes: { ...nodes, attic, blue: { ...blue, choices } } };
  expect(survey(broken, 400).problems).toEqual(
    expect.arrayContaining(['node attic is never visited', 'choice blue 1 is never taken']),
  );
});

test('the report names each node, each choice in the language, and what is wrong', () => {
  const found = { ...survey(scenarios.mill, 40), problems: ['node door is never visited'] };
  const lines = report(scenarios.mill, found, 'ru');
  for (const words of [
    '| traces',
    '⚔️ Драться с крысой',
    '| mystic',
    'longest walk',
    'WRONG: node door',
  ])
    expect(lines).toContain(words);
});

test('the graph has a box for each node and an arrow for each way', () => {
  const lines = mermaid(scenarios.mill).split('\n');
  expect(lines).toContain('  n_flour([flour])');
  expect(lines).toContain('  n_wheel -->|"log: strength 18"| n_stopped');
  expect(lines).toContain('  n_wheel -->|"log: failed"| n_swept');
  expect(lines).toContain('  n_read -->|"culprit"| n_dog');
  expect(lines.filter((line) => line.includes('(['))).toHaveLength(3);
});

describe('a scenario played by typed numbers', () => {
  const playWith = async (typed: readonly string[]) => {
    const printed: string[] = [];
    await play(scenarios.mill, {
      archetype: 'warrior',
      run: 1,
      seed: 'a',
      lines: typedLines(typed),
      reader: { language: 'en', name: 'Borin', gender: 'male' },
      print: (line) => printed.push(line),
    });
    return printed.join('\n');
  };

  test('shows texts, chances, checks, battles and gains', async () => {
    const printed = await playWith(['2', 'nonsense', '9', '1', '1', '1', '1']);
    for (const words of [
      'To the water wheel',
      'Ram the log in · 70 %',
      '🎲',
      '1 won, 2 lost',
      '"xp":40',
    ])
      expect(printed).toContain(words);
  });

  test('without enough lines says that it has not ended', async () => {
    await expect(playWith(['1'])).rejects.toThrow('not ended');
  });
});

async function* typedLines(typed: readonly string[]) {
  for (const line of typed) yield await Promise.resolve(line);
}
