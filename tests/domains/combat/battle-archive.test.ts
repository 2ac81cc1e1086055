import { describe, expect, test } from 'vitest';
import { archivedBattleOf, archivedBattleSchema } from '../../../domains/combat/battle-archive.ts';
import type { Input } from '../../../domains/combat/battle.ts';
import { exchangesIn, replay, replayArchived } from '../../../domains/combat/replay.ts';
import { archivedBattle, endedRecord } from '../../support/archived-battles.ts';
import { freshBattle } from '../../support/battle-setup.ts';
import { repetitions } from '../../support/repetitions.ts';

describe('an archived battle', () => {
  test('is null while the battle has not ended', () => {
    expect(archivedBattleOf(freshBattle())).toBeNull();
    expect(archivedBattleOf({ ...endedRecord(1), endedAtMs: null })).toBeNull();
  });

  test('names both sides and their results', () => {
    const draw = archivedBattle(5);
    expect(draw.outcome).toEqual({ winner: null, reason: 'idle' });
    expect(draw.sides.map(({ result }) => result)).toEqual(['drawn', 'drawn']);
    const [own, shadow] = archivedBattle(7).sides;
    expect([own.charId, shadow.charId]).toEqual([1, null]);
    const results = [own, shadow].map(({ result }) => result);
    expect(results.toSorted()).toEqual(['lost', 'won']);
    expect(results[archivedBattle(7).outcome.winner ?? 0]).toBe('won');
  });

  test('ends no earlier than it began, even with a clock that is behind', () => {
    const record = endedRecord(1);
    const endedAtMs = record.startedAtMs - 1;
    expect(archivedBattleOf({ ...record, endedAtMs })?.endedAtMs).toBe(record.startedAtMs);
  });

  test('replays every exchange', () => {
    const { rules, seed, sheets, inputs, turns } = archivedBattle(1);
    const { steps, battle } = replay({ rules, seed, sheets, inputs });
    const { outcome } = battle;
    expect(steps).toHaveLength(turns);
    expect(steps.at(-1)?.events.at(-1)).toEqual({ kind: 'end', turn: turns, outcome });
    expect(replay({ rules, seed, sheets, inputs: inputs.slice(0, 1) }).battle.outcome).toBeNull();
  });

  test('replays both fighters after each exchange', () => {
    const archived = archivedBattle(1);
    const steps = replayArchived(archived) ?? [];
    expect(steps.map(({ input }) => input)).toEqual(archived.inputs);
    for (const [index, { battle, events }] of steps.entries()) {
      const inputs = archived.inputs.slice(0, index + 1);
      expect(battle).toEqual(replay({ ...archived, inputs }).battle);
      expect(events).toEqual(replay(archived).steps[index]?.events);
    }
  });

  test('exchangesIn counts fought exchanges, also after a forfeit', () => {
    for (let n = 0; n < 60; n += 1) {
      const { inputs, turns, outcome } = archivedBattle(n);
      const fought = inputs.filter(({ kind }) => kind === 'exchange').length;
      expect(exchangesIn({ turns, reason: outcome.reason })).toBe(fought);
    }
  });

  test('exchangesIn leaves out the turn in which an operator ended the battle', () => {
    expect(exchangesIn({ turns: 3, reason: 'operator' })).toBe(2);
  });

  test.each([
    ['breaks off', (inputs: readonly Input[]) => inputs.slice(0, -1)],
    ['goes on after its end', (inputs: readonly Input[]) => [...inputs, ...inputs]],
    ['ends otherwise', () => [{ kind: 'forfeit', side: null, reason: 'idle' } as const]],
    ['has moves that nobody can make', (inputs: readonly Input[]) => inputs.map(unlearnt)],
  ])('a battle that %s does not replay', (_what, change) => {
    const archived = archivedBattle(1);
    expect(replayArchived({ ...archived, inputs: [...change(archived.inputs)] })).toBeNull();
  });

  test('battles replay from JSON to the same outcome', () => {
    const count = repetitions({ short: 10, full: 1_000 });
    for (let n = 0; n < count; n += 1) {
      const stored = JSON.stringify(archivedBattle(n));
      const archived = archivedBattleSchema.parse(JSON.parse(stored));
      expect(archived).toEqual(archivedBattle(n));
      expect(replay(archived).battle.outcome).toEqual(archived.outcome);
    }
  });
});

/** Both use techniques of other archetypes. */
function unlearnt(input: Input): Input {
  if (input.kind === 'forfeit') return input;
  const [own, opponent] = input.moves;
  const technique = archivedBattle(1).sheets[0].techniques.includes('mirage') ? 'siphon' : 'mirage';
  return { kind: 'exchange', moves: [{ ...own, technique }, opponent] };
}
