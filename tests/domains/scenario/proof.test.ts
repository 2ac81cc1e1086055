import { describe, expect, test } from 'vitest';
import { checkScenarios, problemsOf } from '../../../domains/scenario/proof.ts';
import { scenarioKeys, scenarios } from '../../../domains/scenario/scenarios.ts';
import { places } from '../../../resources/numbers/places.ts';
import { small } from './small-scenario.ts';

const end = { label: 'story.prologue.bag.thanks', to: 'end' };
const { nodes } = small;

/** The small scenario with other nodes, or with other fields. */
function withNodes(others: Record<string, unknown>): unknown {
  return { ...small, nodes: { ...nodes, ...others } };
}

function withPit(fields: Record<string, unknown>): unknown {
  return withNodes({ pit: { text: 'story.prologue.bruise', choices: [end], ...fields } });
}

function without(node: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(nodes).filter(([id]) => id !== node));
}

const crowd = Object.fromEntries(
  Array.from({ length: 60 }, (_, n) => [`n${n}`, { text: 'story.prologue.gate', ends: true }]),
);
const circle = {
  text: 'story.prologue.hole',
  choices: [{ ...end, to: 'pit' }, end],
};
const lockedIn = {
  text: 'story.prologue.hole',
  choices: [
    { label: 'story.prologue.bag.repair', if: { flag: 'fell' }, to: 'end' },
    { ...end, to: 'pit' },
  ],
};

describe('the proof', () => {
  test('finds nothing wrong with the small scenario', () => {
    expect(problemsOf(small)).toEqual([]);
  });

  test.each([
    ['a start that does not exist', { ...small, start: 'gone' }, 'the start gone does not exist'],
    ['a skip to nowhere', { ...small, skip: 'gone' }, 'skip: gone does not exist'],
    ['a skip to no end', { ...small, skip: 'hall' }, 'node hall: skip leads here'],
    [
      'a choice that leads nowhere',
      withPit({ choices: [{ ...end, to: 'gone' }] }),
      'node pit: leads to gone, which does not exist',
    ],
    [
      'a missing node',
      { ...small, nodes: without('door_2') },
      'node pit: leads to door_2, which does not exist',
    ],
    [
      'a node that no way leads to',
      withNodes({ attic: { text: 'story.prologue.gate', ends: true } }),
      'node attic: no way leads here',
    ],
    [
      'a node whose every choice has a condition',
      withPit({ choices: [{ ...end, if: { level: 1 } }] }),
      'node pit: no choice without a condition and a limit',
    ],
    [
      'a node whose every choice has a limit',
      withPit({ choices: [{ ...end, limit: 3 }] }),
      'node pit: no choice without a condition and a limit',
    ],
    [
      'a circle without a limit',
      withNodes({
        pit: { text: 'story.prologue.bruise', choices: [{ ...end, to: 'ring' }] },
        ring: circle,
      }),
      'node pit: a way leads back here without a limit',
    ],
    [
      'an end that only a flag opens',
      withNodes({
        pit: { text: 'story.prologue.bruise', choices: [{ ...end, to: 'ring' }] },
        ring: lockedIn,
      }),
      'node pit: a new warrior who fails everything finds no end',
    ],
    [
      'a monster that does not exist',
      withPit({ choices: [{ label: end.label, battle: 'dragon', won: 'end', lost: 'end' }] }),
      'node pit: choices 0 battle Invalid option',
    ],
    [
      'loot that does not exist',
      withPit({ effects: [{ give: 'crown' }] }),
      'node pit: effects 0 give Invalid option',
    ],
    [
      'a place that does not exist',
      withPit({ effects: [{ goTo: 'moon' }] }),
      'node pit: effects 0 goTo Invalid option',
    ],
    [
      'a skill that does not exist',
      withPit({
        choices: [
          {
            label: end.label,
            pass: 'end',
            fail: 'end',
            check: { attribute: 'luck', skill: 'juggling', against: 12 },
          },
        ],
      }),
      'node pit: choices 0 check skill Invalid option',
    ],
    [
      'a condition of an unknown kind',
      withPit({ choices: [{ ...end, if: { mood: 'good' } }, end] }),
      'node pit: choices 0 if',
    ],
    [
      'a text that does not exist',
      withPit({ text: 'story.small.gone' }),
      'node pit: text there is no text story.small.gone',
    ],
    [
      'a label of more than 28 letters',
      withPit({ choices: [{ ...end, label: 'story.prologue.gate' }] }),
      'letters, at most 28',
    ],
    [
      'a text with an argument that nobody gives',
      withPit({ text: 'account.lobby.body' }),
      'node pit: account.lobby.body in ru needs more than name and gender',
    ],
    ['five choices', withPit({ choices: [end, end, end, end, end] }), 'node pit: choices Too big'],
    ['more than 60 nodes', withNodes(crowd), 'scenario small: 67 nodes, at most 60'],
    [
      'a pool without nodes',
      withNodes({
        pit: {
          text: 'story.prologue.bruise',
          pool: { label: end.label, tag: 'cellar', fallback: 'end' },
        },
      }),
      'node pit: no node has the tag cellar',
    ],
    [
      'points before the end',
      withPit({ effects: [{ distribute: 6 }] }),
      'node pit: distributes points, but does not end',
    ],
  ])('names %s in one line', (_, broken, line) => {
    const problems = problemsOf(broken);
    expect(problems.find((problem) => problem.includes(line))).toMatch(/^scenario small[^\n]*$/);
    expect(() => {
      checkScenarios([broken]);
    }).toThrow(problems[0]);
  });

  test('refuses two scenarios of one key', () => {
    expect(() => {
      checkScenarios([small, small]);
    }).toThrow('scenario small: there are two of this key');
  });
});

describe('the scenarios of the game', () => {
  test('alone have the straw man: it lives in no place', () => {
    expect(JSON.stringify(places)).not.toContain('straw_man');
    expect(JSON.stringify(scenarios.prologue)).toContain('straw_man');
  });

  test('are proven', () => {
    expect(() => {
      checkScenarios();
    }).not.toThrow();
  });

  test.each(scenarioKeys)('have the key that they are listed by: %s', (key) => {
    expect(scenarios[key].key).toBe(key);
  });
});
