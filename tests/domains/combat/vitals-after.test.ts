import { expect, test } from 'vitest';
import { storedBattleSchema } from '../../../domains/combat/battle-record.ts';
import { endAsDraw, surrender } from '../../../domains/combat/battle-session.ts';
import { vitalsAfter } from '../../../domains/combat/vitals-after.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import type { Outcome } from '../../../domains/combat/battle.ts';
import { BATTLE_START_MS, freshBattle, freshSide } from '../../support/battle-setup.ts';
import previous from './rules/fixtures/battles-of-0.7.0.json' with { type: 'json' };

const first = freshSide(1);
const brought = { ...first.stats, hp: { ...first.stats.hp, cur: 41 } };
const wild = freshBattle({ first: { ...first, stats: brought }, second: { monster: 'rat' } });

/** The battle with so much health left, ended so. */
function ended(record: BattleRecord, cur: number, outcome: Outcome): BattleRecord {
  const [own, other] = record.battle.fighters;
  const hp = { ...own.stats.hp, cur };
  const left = { ...own, stats: { ...own.stats, hp } };
  return { ...record, battle: { ...record.battle, fighters: [left, other], outcome } };
}

test.each(['master', freshSide(2)] as const)(
  'a battle of the arena gives back the vitals that a character brought: %#',
  (second) => {
    const record = freshBattle({ first: { ...first, stats: brought }, second });
    expect(record.battle.fighters[0].stats.hp.cur).toBe(first.sheet.stats.hp.max);
    const lost = ended(record, 0, { winner: 1, reason: 'knockout' });
    expect(vitalsAfter(lost, 0)).toEqual(brought);
  },
);

test('a wild battle that was won leaves what is left', () => {
  const won = ended(wild, 17, { winner: 0, reason: 'knockout' });
  expect(vitalsAfter(won, 0)).toEqual(won.battle.fighters[0].stats);
  expect(vitalsAfter(won, 0).hp.cur).toBe(17);
});

test.each([
  ['knockout', 0],
  ['surrender', 90],
  ['idle', 90],
  ['turn_limit', 3],
] as const)('a wild battle that was lost by %s leaves a quarter of the health', (reason, cur) => {
  const lost = ended(wild, cur, { winner: 1, reason });
  const { max } = first.sheet.stats.hp;
  expect(vitalsAfter(lost, 0).hp).toEqual({ cur: Math.round(max / 4), max });
});

test('a wild battle that was lost leaves at least one health', () => {
  const [own, other] = wild.battle.fighters;
  const frail = { ...own, stats: { ...own.stats, hp: { cur: 1, max: 1 } } };
  const record = {
    ...wild,
    battle: { ...wild.battle, fighters: [frail, other] as [typeof own, typeof other] },
  };
  const lost = ended(record, 0, { winner: 1, reason: 'knockout' });
  expect(vitalsAfter(lost, 0).hp.cur).toBe(1);
});

test.each([
  [12, 12],
  [0, 1],
])('a draw in the wild with %i health leaves %i', (cur, left) => {
  const drawn = ended(wild, cur, { winner: null, reason: 'knockout' });
  expect(vitalsAfter(drawn, 0).hp.cur).toBe(left);
});

test('an operator who ends a wild battle leaves what is left', () => {
  const drawn = endAsDraw(wild, BATTLE_START_MS);
  expect(drawn && vitalsAfter(drawn, 0).hp.cur).toBe(41);
});

test('a battle of release 0.7.0 leaves what it left', () => {
  for (const { after } of previous.running) {
    const lost = surrender(storedBattleSchema.parse(after), 0, BATTLE_START_MS);
    expect(lost && vitalsAfter(lost, 0)).toEqual(after.battle.fighters[0]?.stats);
  }
});
