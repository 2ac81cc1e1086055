import { covers } from '../../domains/combat/rules/v1/aim.ts';
import type { Move } from '../../domains/combat/battle.ts';
import { guards, zones } from '../../domains/combat/rules/v1/choices.ts';
import {
  type Forecast,
  type Memory,
  opponentOf,
  normal,
  techniqueForecast,
} from '../../domains/combat/rules/v1/policy/forecast.ts';
import type { PolicyView } from '../../domains/combat/rules/policy.ts';

interface ChoiceHistory {
  /** Indices of the opponent's choices, the first exchange first. */
  readonly choices: readonly number[];
  /** How much the own last moves favoured each option; one entry more than `choices`. */
  readonly lures: readonly (readonly number[])[];
}

/** Own moves that a reacting opponent looks back at. */
const LURE_SPAN = 5;
/** Initial belief in chance, habit, and reaction to the own last moves. */
const FIRST_BELIEF = [0.84, 0.08, 0.08] as const;
const HABIT_FADING = 0.95;
const HABIT_DOUBT = 3;
const techniqueMemory: Memory = { span: 30, fading: 0.95, doubt: 8 };

/**
 * Three theories of the opponent: it chooses at random, it has habits, it reacts to what it saw. Each
 * is believed by how well it would have predicted the choices so far.
 */
export function theoryForecast(view: PolicyView): Forecast {
  const opponent = opponentOf(view);
  const own = view.history.map((moves) => moves[view.side]);
  const strikes = view.history.map((moves) => zones.indexOf(moves[opponent].strike));
  const guarded = view.history.map((moves) => guards.indexOf(moves[opponent].guard));
  return {
    strikes: predicted({ choices: strikes, lures: luresOf(own, openings) }),
    guards: predicted({ choices: guarded, lures: luresOf(own, shelters) }),
    techniques: techniqueForecast(view, techniqueMemory),
  };
}

/** How often each zone was uncovered by the guards of these moves. */
function openings(moves: readonly Move[]): number[] {
  return zones.map((zone) => moves.filter(({ guard }) => !covers(guard, zone)).length);
}

/** How often each guard would have met the strikes of these moves. */
function shelters(moves: readonly Move[]): number[] {
  return guards.map((guard) => moves.filter(({ strike }) => covers(guard, strike)).length);
}

/** Chances from how often each option would have paid off; squared, so that the best stands out. */
function luresOf(own: readonly Move[], payoffs: (moves: readonly Move[]) => number[]): number[][] {
  const lures: number[][] = [];
  for (let turn = 0; turn <= own.length; turn += 1) {
    const paid = payoffs(own.slice(Math.max(0, turn - LURE_SPAN), turn));
    lures.push(normal(paid.map((count) => (1 + count) * (1 + count))));
  }
  return lures;
}

function predicted({ choices, lures }: ChoiceHistory): number[] {
  const options = lures[0]?.length ?? 0;
  const counts = new Array<number>(options).fill(HABIT_DOUBT / options);
  let belief: number[] = [...FIRST_BELIEF];
  for (const [turn, choice] of choices.entries()) {
    const theories = [1 / options, normal(counts)[choice] ?? 0, lures[turn]?.[choice] ?? 0];
    belief = normal(belief.map((trust, index) => trust * (theories[index] ?? 0)));
    for (let option = 0; option < options; option += 1) {
      counts[option] = (counts[option] ?? 0) * HABIT_FADING + (option === choice ? 1 : 0);
    }
  }
  const [chance = 0, habit = 0, answer = 0] = belief;
  const habits = normal(counts);
  const answers = lures.at(-1) ?? [];
  return habits.map(
    (share, option) => chance / options + habit * share + answer * (answers[option] ?? 0),
  );
}
