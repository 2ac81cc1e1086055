import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { archetypes } from '../../../../domains/account/account-context.ts';
import type { Move } from '../../../../domains/combat/battle.ts';
import { replay } from '../../../../domains/combat/replay.ts';
import { knownRules, rulesOf } from '../../../../domains/combat/rules/rules-of.ts';
import { techniqueIds } from '../../../../resources/numbers/techniques.ts';
import {
  type GoldenBattle,
  readGoldenBattles,
  stateOf,
} from '../../../../tools/golden/golden-battle.ts';
import { writeGoldenBattles } from '../../../../tools/golden/write-golden-battles.ts';

function inputsOf({ steps }: GoldenBattle) {
  return steps.map(({ input }) => input);
}

function movesOf(battle: GoldenBattle): (readonly [Move, Move])[] {
  return inputsOf(battle).flatMap((input) => (input.kind === 'exchange' ? [input.moves] : []));
}

/**
 * If this fails, stored battles do not replay any more: leave these rules be, and give changed
 * numbers or formulas a folder of their own.
 */
describe.each(knownRules)('rules %i', (version) => {
  const golden = readGoldenBattles(version);

  test.each(golden)('$name: states, outcome and turns equal the recording', (battle) => {
    const { seed, sheets } = battle;
    const again = replay({ rules: version, seed, sheets, inputs: inputsOf(battle) });
    expect(again.steps.map((step) => stateOf(step.battle))).toEqual(
      battle.steps.map(({ state }) => state),
    );
    expect(again.battle.outcome).toEqual(battle.outcome);
    expect(again.battle.turn).toBe(battle.turns);
  });

  test.each(golden.filter(({ shadow }) => shadow !== null))(
    '$name: the moves of the Shadow equal the recording',
    (battle) => {
      const { seed, sheets, shadow } = battle;
      const { steps } = replay({ rules: version, seed, sheets, inputs: inputsOf(battle) });
      const moves = movesOf(battle);
      for (const [at, chosen] of moves.entries()) {
        const before = steps[at - 1]?.battle ?? rulesOf(version).startBattle(seed, sheets);
        const side = shadow ?? 1;
        const { master } = rulesOf(version).shadowMoves;
        expect(master(before, side, moves.slice(0, at))).toEqual(chosen[side]);
      }
    },
  );
});

describe.each(knownRules)('the golden battles of rules %i', (version) => {
  const golden = readGoldenBattles(version);
  const known = techniqueIds.filter((technique) => rulesOf(version).costOf(technique) !== null);

  test('are at least fifty, with every archetype on both sides and every technique', () => {
    expect(golden.length).toBeGreaterThanOrEqual(50);
    for (const side of [0, 1] as const) {
      const seen = new Set(golden.map(({ sheets }) => sheets[side].archetype));
      expect([...seen].toSorted()).toEqual([...archetypes].toSorted());
    }
    const used = golden
      .flatMap(movesOf)
      .flatMap((moves) => moves.map(({ technique }) => technique));
    expect(known.filter((technique) => !used.includes(technique))).toEqual([]);
  });

  test('include every kind of ending', () => {
    const ends = golden.map(({ outcome: { reason, winner } }) => `${reason} ${String(winner)}`);
    const expected = ['knockout 0', 'knockout 1', 'surrender 0', 'surrender 1'];
    expected.push('idle 0', 'idle 1', 'idle null', 'turn_limit 1', 'turn_limit null');
    expect(ends).toEqual(expect.arrayContaining(expected));
    expect(golden.filter(({ shadow }) => shadow !== null).length).toBeGreaterThan(9);
  });
});

describe('recorded golden battles', () => {
  test('are not overwritten unless that is requested', () => {
    const folder = mkdtempSync(join(tmpdir(), 'golden-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'golden.json');
    writeFileSync(file, 'kept');
    expect(writeGoldenBattles({ version: 1, file })).toBe('exists');
    expect(readFileSync(file, 'utf8')).toBe('kept');
    expect(writeGoldenBattles({ version: 1, file, overwrite: true })).toBe('written');
    expect(readFileSync(file, 'utf8')).toMatch(/^{"rules": 1, /);
  });
});
