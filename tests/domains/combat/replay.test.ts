import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { archetypes } from '../../../domains/account/account-context.ts';
import {
  type Battle,
  battleEventSchema,
  battleSchema,
  inputSchema,
} from '../../../domains/combat/battle.ts';
import { playDuel } from '../../support/play-duel.ts';
import { replay } from '../../../domains/combat/replay.ts';
import { forfeit, resolveExchange } from '../../../domains/combat/rules/v1/engine.ts';
import { randomPolicy } from '../../../domains/combat/rules/v1/policy/random-policy.ts';
import { shadowPolicy } from '../../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { freshSheet, testSeed } from '../../support/combat-sheets.ts';

const archetype = fc.constantFrom(...archetypes);
const seed = fc.stringMatching(/^[0-9a-f]{32}$/);
const duel = fc
  .record({ seed, one: archetype, other: archetype })
  .map(({ seed: chosen, one, other }) => {
    const sheets = [freshSheet(one), freshSheet(other)] as const;
    const setup = { seed: chosen, sheets: [...sheets] as [(typeof sheets)[0], (typeof sheets)[1]] };
    return { ...setup, ...playDuel({ ...setup, policies: [randomPolicy, shadowPolicy] }) };
  });

describe('replay from seed, sheets and inputs', () => {
  test('repeats the same events and the same outcome', () => {
    fc.assert(
      fc.property(duel, ({ seed: chosen, sheets, inputs, battle, events }) => {
        const again = replay({ rules: 1, seed: chosen, sheets, inputs });
        expect(again.battle).toEqual(battle);
        expect(again.steps.map((step) => step.events)).toEqual(events);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('continues from a battle stored after any exchange', () => {
    fc.assert(
      fc.property(duel, fc.nat(40), ({ seed: chosen, sheets, inputs, battle }, at) => {
        const cut = at % inputs.length;
        const stored: Battle = replay({
          rules: 1,
          seed: chosen,
          sheets,
          inputs: inputs.slice(0, cut),
        }).battle;
        let resumed = battleSchema.parse(JSON.parse(JSON.stringify(stored)));
        expect(resumed).toEqual(stored);
        const log = z.array(inputSchema).parse(JSON.parse(JSON.stringify(inputs)));
        for (const input of log.slice(cut)) {
          resumed =
            input.kind === 'exchange'
              ? resolveExchange(resumed, input.moves).battle
              : forfeit(resumed, input.side, input.reason).battle;
        }
        expect(resumed).toEqual(battle);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  test('has events that survive a round trip through JSON', () => {
    fc.assert(
      fc.property(duel, ({ events }) => {
        const parsed = z
          .array(z.array(battleEventSchema))
          .parse(JSON.parse(JSON.stringify(events)));
        expect(parsed).toEqual(events);
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  test('repeats a forfeit', () => {
    const sheets = [freshSheet('warrior'), freshSheet('mystic')] as const;
    const inputs = [{ kind: 'forfeit', side: 0, reason: 'idle' } as const];
    const { battle, steps } = replay({ rules: 1, seed: testSeed(1), sheets, inputs });
    expect(battle.outcome).toEqual({ winner: 1, reason: 'idle' });
    expect(steps.flatMap(({ events }) => events).map(({ kind }) => kind)).toEqual(['end']);
  });

  test('does not change its arguments', () => {
    const sheets = [freshSheet('duelist'), freshSheet('guardian')] as const;
    const before = JSON.stringify(sheets);
    playDuel({ seed: testSeed(5), sheets, policies: [shadowPolicy, shadowPolicy] });
    expect(JSON.stringify(sheets)).toBe(before);
  });

  test('differs for another seed', () => {
    const sheets = [freshSheet('warrior'), freshSheet('warrior')] as const;
    const { inputs } = playDuel({
      seed: testSeed(1),
      sheets,
      policies: [randomPolicy, randomPolicy],
    });
    const first = inputs.slice(0, 3);
    const lines = [1, 2, 3].map((n) =>
      JSON.stringify(replay({ rules: 1, seed: testSeed(n), sheets, inputs: first }).steps),
    );
    expect(new Set(lines).size).toBe(3);
  });
});
