import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../../../../domains/account/account-context.ts';
import type { Battle, Move } from '../../../../../../domains/combat/battle.ts';
import { Dice, chanceFrom } from '../../../../../../domains/combat/rules/v1/dice.ts';
import { playDuel } from '../../../../../support/play-duel.ts';
import { resolveExchange, startBattle } from '../../../../../../domains/combat/rules/v1/engine.ts';
import { isLegal } from '../../../../../../domains/combat/rules/v1/legal-moves.ts';
import type { Policy, PolicyView } from '../../../../../../domains/combat/rules/policy.ts';
import { randomPolicy } from '../../../../../../domains/combat/rules/v1/policy/random-policy.ts';
import { readerPolicy } from '../../../../../../tools/balance/reader-policy.ts';
import {
  shadowMove,
  shadowPolicy,
} from '../../../../../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { move, moves, withVital } from '../../../../../support/combat-notation.ts';
import { habitualPolicy, fightSeries } from '../../../../../support/combat-series.ts';
import { evenSheet, freshSheet, testSeed } from '../../../../../support/combat-sheets.ts';

const policies = { random: randomPolicy, shadow: shadowPolicy, reader: readerPolicy };
const sheets = [freshSheet('duelist'), freshSheet('mystic')] as const;

function rollOf(n: number): PolicyView['roll'] {
  const dice = new Dice(chanceFrom(testSeed(n)));
  return (sides) => dice.below(sides);
}

/** The choices of a policy under many seeds. */
function choicesOf(policy: Policy, battle: Battle, history: PolicyView['history']): Move[] {
  return Array.from({ length: 600 }, (_, n) =>
    policy({ battle, side: 0, history, roll: rollOf(n) }),
  );
}

function share(all: readonly Move[], which: (each: Move) => boolean): number {
  return all.filter(which).length / all.length;
}

/** A battle in which the opponent has always made the same move, and its history. */
function seenSoFar(times: number, opponent: string): { battle: Battle; history: [Move, Move][] } {
  let battle = startBattle(testSeed(9), [evenSheet(8), evenSheet(8)]);
  const history: [Move, Move][] = [];
  const own = ['l/cb', 'c/hc', 'h/bl'];
  for (let n = 0; n < times; n += 1) {
    const both = moves(`${own[n % own.length] ?? 'l/cb'} vs ${opponent}`);
    battle = withVital('hp', 90, 1)(withVital('hp', 90)(resolveExchange(battle, both).battle));
    history.push(both);
  }
  return { battle, history };
}

describe.each(Object.entries(policies))('the %s policy', (_, policy) => {
  test('always chooses a legal move', () => {
    for (const [n, archetype] of [...archetypes, ...archetypes].entries()) {
      const fighters = [freshSheet(archetype), freshSheet('warrior')] as const;
      const watched: Policy = (view) => {
        const chosen = policy(view);
        expect(isLegal(view.battle, view.side, chosen)).toBe(true);
        return chosen;
      };
      playDuel({ seed: testSeed(n), sheets: fighters, policies: [watched, policy] });
    }
  });

  test('chooses the same move from the same view and dice', () => {
    const { battle, history } = seenSoFar(4, 'h/hc');
    const once = policy({ battle, side: 0, history, roll: rollOf(1) });
    expect(policy({ battle, side: 0, history, roll: rollOf(1) })).toEqual(once);
  });
});

describe('the reader', () => {
  test('strikes outside of a constant guard', () => {
    const { battle, history } = seenSoFar(6, 'c/hc');
    const choices = choicesOf(readerPolicy, battle, history);
    expect(share(choices, ({ strike }) => strike === 'belly' || strike === 'legs')).toBe(1);
  });

  test('guards a zone that is always struck', () => {
    const { battle, history } = seenSoFar(6, 'l/hc');
    const choices = choicesOf(readerPolicy, battle, history);
    expect(share(choices, ({ guard }) => guard === 'belly-legs')).toBeGreaterThan(0.9);
  });

  test('beats a constant opponent in nine duels of ten', () => {
    const sheet = freshSheet('duelist');
    const habit = habitualPolicy({ strike: 'chest', guard: 'head-chest' }, 7);
    const { winRate } = fightSeries({ sheet, policy: readerPolicy }, { sheet, policy: habit }, 300);
    expect(winRate).toBeGreaterThan(0.9);
  });
});

describe('the Shadow', () => {
  const { battle, history } = seenSoFar(4, 'l/hc');

  test('prefers moves that pay against the last choices of the opponent', () => {
    const choices = choicesOf(shadowPolicy, battle, history);
    expect(share(choices, ({ guard }) => guard === 'belly-legs')).toBeGreaterThan(0.45);
    expect(share(choices, ({ strike }) => strike === 'head' || strike === 'chest')).toBeLessThan(
      0.35,
    );
  });

  test('sometimes makes other moves', () => {
    const choices = choicesOf(shadowPolicy, battle, history);
    for (const guard of ['head-chest', 'chest-belly'] as const) {
      expect(share(choices, (each) => each.guard === guard)).toBeGreaterThan(0.05);
    }
    for (const strike of ['head', 'chest', 'belly', 'legs'] as const) {
      expect(share(choices, (each) => each.strike === strike)).toBeGreaterThan(0.03);
    }
  });

  test('forgets all but the last few exchanges', () => {
    const long = [...Array.from({ length: 10 }, () => moves('h/hc vs h/bl')), ...history];
    expect(choicesOf(shadowPolicy, battle, long)).toEqual(choicesOf(shadowPolicy, battle, history));
  });

  test('depends only on the random state of the battle', () => {
    const stored = JSON.parse(JSON.stringify(battle)) as Battle;
    expect(shadowMove(stored, 1, history)).toEqual(shadowMove(battle, 1, history));
    const others = Array.from({ length: 30 }, (_, n) =>
      JSON.stringify(shadowMove(startBattle(testSeed(n), [...sheets]), 1, [])),
    );
    expect(new Set(others).size).toBeGreaterThan(10);
  });

  test('does not depend on the throws of the exchange', () => {
    let together = 0;
    const tries = 2_000;
    for (let n = 0; n < tries; n += 1) {
      const fresh = startBattle(testSeed(n), [evenSheet(8), evenSheet(8)]);
      const high = shadowMove(fresh, 1, []).strike === 'head';
      const { events } = resolveExchange(fresh, [move('c/hc'), move('c/hc')]);
      const first = events.find((event) => event.kind === 'blow');
      together += high === (first?.kind === 'blow' && first.side === 1) ? 1 : 0;
    }
    expect(Math.abs(together / tries - 0.5)).toBeLessThan(0.04);
  });
});
