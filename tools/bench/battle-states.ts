import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { choose } from '../../domains/combat/battle-session.ts';
import { Dice, chanceFrom } from '../../domains/combat/rules/v1/dice.ts';
import { randomPolicy } from '../../domains/combat/rules/v1/policy/random-policy.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../tests/support/battle-setup.ts';
import { testSeed } from '../../tests/support/combat-sheets.ts';

/** The records of a whole battle in the order in which they are stored: one for each locked-in move. */
export function battleStates(id: string): BattleRecord[] {
  const states = [freshBattle({ id })];
  const dice = new Dice(chanceFrom(testSeed(7)));
  for (let record = states[0]; record !== undefined && record.endedAtMs === null;) {
    const side = record.sides[0].choice === null ? 0 : 1;
    const { strike, guard, technique } = randomPolicy({
      battle: record.battle,
      side,
      history: [],
      roll: (sides) => dice.below(sides),
    });
    const tap = { side, turn: record.battle.turn, choice: { strike, guard, technique } } as const;
    const now = { nowMs: BATTLE_START_MS + 1_000 * states.length, rules: turnRules };
    const reply = choose(record, tap, now);
    if (reply.kind !== 'changed') throw new Error(`move was ${reply.kind}`);
    record = reply.record;
    states.push(record);
  }
  return states;
}
