import { expect, test } from 'vitest';
import { parseRow, perSecond, summaryTable } from '../../tools/bench/summary.ts';

const turns = {
  what: 'turns',
  figure: '439,000/s',
  limit: '2,310,000/s, a copy',
  ratio: 0.19,
  goal: '–',
};

test('summaryTable has a row for each figure of each benchmark, with its ratio to two digits', () => {
  const start = { ...turns, what: 'first start', ratio: null, goal: '3 s' };
  const table = summaryTable([
    { bench: 'engine', rows: [{ ...turns, ratio: 0.194 }] },
    { bench: 'start', rows: [start, { ...start, what: 'later start' }] },
  ]);
  const cells = table.split('\n').map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  expect(cells[0]).toEqual(['bench', 'what', 'figure', 'limit in the same run', 'ratio', 'goal']);
  expect(
    cells.slice(2).map(([bench, what, , , ratio, goal]) => [bench, what, ratio, goal]),
  ).toEqual([
    ['`engine`', 'turns', '0.19', '–'],
    ['`start`', 'first start', '–', '3 s'],
    ['`start`', 'later start', '–', '3 s'],
  ]);
});

test('summaryTable names a benchmark that gave no figure', () => {
  expect(summaryTable([{ bench: 'queue', rows: [] }])).toMatch(/`queue` +\| no figure/);
});

test('parseRow refuses what is no row', () => {
  expect(parseRow(turns)).toEqual(turns);
  expect(() => parseRow({ cpuUs: 0 })).toThrow();
});

test('perSecond keeps three digits', () => {
  expect([perSecond(438_712.4), perSecond(152.31)]).toEqual(['439,000/s', '152/s']);
});
