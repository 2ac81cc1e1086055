import { describe, expect, test } from 'vitest';
import { attributeNames } from '../../../domains/account/account-context.ts';
import { vitalsFor } from '../../../domains/account/vitals.ts';
import type { Battle, Move } from '../../../domains/combat/battle.ts';
import { openBattle, surrender, timeOut } from '../../../domains/combat/battle-session.ts';
import { archivedBattleOf } from '../../../domains/combat/battle-archive.ts';
import { storedBattleSchema } from '../../../domains/combat/battle-record.ts';
import { monsterIds, monsterMove, monsterSheet } from '../../../domains/combat/monster.ts';
import { replay } from '../../../domains/combat/replay.ts';
import { rules1 } from '../../../domains/combat/rules/v1/rules-1.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { monsterNumbers } from '../../../resources/numbers/monsters.ts';
import { BATTLE_START_MS, battleSetup, freshSide, turnRules } from '../../support/battle-setup.ts';
import { freshSheet, testSeed } from '../../support/combat-sheets.ts';

describe('monsterSheet', () => {
  test.each(monsterIds)(
    'of a %s has exactly its points, in the proportions of its archetype',
    (id) => {
      const { archetype, points, techniques } = monsterNumbers[id];
      const { attributes, ...sheet } = monsterSheet(id);
      const sum = attributeNames.reduce((total, name) => total + attributes[name], 0);
      expect(sum).toBe(points);
      for (const name of attributeNames) {
        const share = (points * archetypeNumbers[archetype].attributes[name]) / 72;
        expect(Math.abs(attributes[name] - share)).toBeLessThan(1);
      }
      expect(sheet).toMatchObject({ archetype, techniques });
    },
  );

  test.each(monsterIds)(
    'of a %s begins with its share of the health, and is at full health',
    (id) => {
      const { attributes, stats } = monsterSheet(id);
      const { hp, mp, stamina } = vitalsFor(attributes);
      const max = Math.round(hp.max * monsterNumbers[id].health);
      expect(stats).toEqual({ hp: { cur: max, max }, mp, stamina });
    },
  );
});

/** Of so many battles, each at its first exchange. */
function firstMoves(id: (typeof monsterIds)[number], count: number): Move[] {
  const sheets = [freshSheet('warrior'), monsterSheet(id)] as const;
  return Array.from({ length: count }, (_, n) =>
    monsterMove(id, { battle: rules1.startBattle(testSeed(n), sheets), side: 1, history: [] }),
  );
}

describe('monsterMove', () => {
  test.each(monsterIds)(
    'of a %s strikes the zone of its habit more often than all others',
    (id) => {
      const moves = firstMoves(id, 400);
      const { habit } = monsterNumbers[id];
      const share = moves.filter(({ strike }) => strike === habit).length / moves.length;
      expect(share).toBeGreaterThan(0.5);
      expect(share).toBeLessThan(0.8);
    },
  );

  test('strikes the habit in half of the moves, beside those that a random mind chose', () => {
    const moves = firstMoves('wolf', 2000);
    const share = moves.filter(({ strike }) => strike === 'legs').length / moves.length;
    // 1/2 + 1/2 · 1/4
    expect(share).toBeGreaterThan(0.595);
    expect(share).toBeLessThan(0.655);
  });

  test('is always legal, and the same for the same battle', () => {
    for (const id of monsterIds) {
      const sheets = [freshSheet('mystic'), monsterSheet(id)] as const;
      let battle: Battle = rules1.startBattle(testSeed(3), sheets);
      const history: (readonly [Move, Move])[] = [];
      while (battle.outcome === null) {
        const own = rules1.defaultMove(battle, 0);
        const move = monsterMove(id, { battle, side: 1, history });
        expect(monsterMove(id, { battle, side: 1, history })).toEqual(move);
        expect(rules1.isLegal(battle, 1, move)).toBe(true);
        history.push([own, move]);
        battle = rules1.resolveExchange(battle, [own, move]).battle;
      }
    }
  });
});

describe('a battle against a monster', () => {
  const first = freshSide(1);
  const present = { ...first.stats, hp: { ...first.stats.hp, cur: 41 } };
  const setup = battleSetup({ first: { ...first, stats: present }, second: { monster: 'wolf' } });
  const record = openBattle(setup, BATTLE_START_MS, turnRules);

  test('begins with the present vitals of the character, without levelling', () => {
    expect(record.battle.fighters[0].stats).toEqual(present);
    expect(record.sheets).toEqual([{ ...first.sheet, stats: present }, monsterSheet('wolf')]);
    expect(record.sides.map(({ pointsRemoved }) => pointsRemoved)).toEqual([0, 0]);
    expect(record.sides.map(({ returnStats }) => returnStats)).toEqual([null, null]);
  });

  test('names the monster on its side, which is of no character and no user', () => {
    expect(record.sides[1]).toMatchObject({
      monster: 'wolf',
      charId: null,
      userId: null,
      name: '',
    });
    expect(record.sides[0]).toMatchObject({ monster: null, charId: 1, userId: 1001 });
  });

  test('begins with at least one health', () => {
    const dead = { ...present, hp: { ...present.hp, cur: 0 } };
    const opened = openBattle(
      { ...setup, first: { ...first, stats: dead } },
      BATTLE_START_MS,
      turnRules,
    );
    expect(opened.battle.fighters[0].stats.hp.cur).toBe(1);
  });

  test('is stored and read as it was', () => {
    expect(storedBattleSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test('goes on with moves of the monster when the time of the character is over', () => {
    const after = timeOut(record, record.turnEndsAtMs, turnRules);
    const [input] = after?.inputs ?? [];
    const moved = input?.kind === 'exchange' ? input.moves[1] : null;
    expect(moved).toEqual(monsterMove('wolf', { battle: record.battle, side: 1, history: [] }));
    expect(after?.sides[1].idleTurns).toBe(0);
  });

  test('is archived with the monster, and replays to its outcome', () => {
    let now = record;
    while (now.endedAtMs === null) {
      const next = timeOut(now, now.turnEndsAtMs, { ...turnRules, maxIdleTurns: 99 });
      now = next ?? surrender(now, 0, now.turnEndsAtMs) ?? now;
    }
    const archived = archivedBattleOf(now);
    expect(archived?.sides.map(({ monster }) => monster)).toEqual([null, 'wolf']);
    if (archived === null) throw new Error('not ended');
    expect(replay(archived).battle.outcome).toEqual(archived.outcome);
  });
});
