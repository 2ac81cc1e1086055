import { parseArgs } from 'node:util';
import { archetypes } from '../../domains/account/account-context.ts';
import type { FighterSheet, Input } from '../../domains/combat/battle.ts';
import { Dice, chanceFrom } from '../../domains/combat/rules/v1/dice.ts';
import { playDuel } from '../../tests/support/play-duel.ts';
import { replay } from '../../domains/combat/replay.ts';
import { randomPolicy } from '../../domains/combat/rules/v1/policy/random-policy.ts';
import { freshSheet, testSeed } from '../../tests/support/combat-sheets.ts';
import { print } from './print-table.ts';
import { Sample } from './sample.ts';
import { perSecond, summarize } from './summary.ts';

/**
 * Turns per second that one process resolves, compared with the least that a turn-based engine does:
 * a small state, one draw, a new state. `npm run bench -- engine [--seconds 3]` (for each of three).
 */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '3' } } });
const ROUNDS = 6;
const roundMs = (Number(values.seconds) * 1_000) / ROUNDS;
/** Ten times a trivial move of boardgame.io, which took 33 µs on the machine where this was set. */
const TARGET_TURNS_PER_S = 300_000;

interface RecordedDuel {
  readonly seed: string;
  readonly sheets: readonly [FighterSheet, FighterSheet];
  readonly inputs: readonly Input[];
}

/** Every archetype against every other; moves are random, so that no policy is measured. */
function recordDuels(): RecordedDuel[] {
  const policies = [randomPolicy, randomPolicy] as const;
  const pairs = archetypes.flatMap((one) => archetypes.map((other) => [one, other] as const));
  return pairs.flatMap(([one, other], at) =>
    Array.from({ length: 8 }, (_, index) => {
      const sheets = [freshSheet(one), freshSheet(other)] as const;
      const seed = testSeed(8 * at + index);
      return { seed, sheets, inputs: playDuel({ seed, sheets, policies }).inputs };
    }),
  );
}

interface SmallState {
  readonly turn: number;
  readonly chance: ReturnType<typeof chanceFrom>;
  readonly health: readonly [number, number];
}

/** Only what every reducer has to do: a draw from a stored seed, and a new state. */
function trivialMove(state: SmallState): SmallState {
  const dice = new Dice(state.chance);
  const { health } = state;
  const hit = dice.below(10);
  return {
    ...state,
    turn: state.turn + 1,
    health: [health[0] - hit, health[1]],
    chance: dice.state(),
  };
}

/** Turns per second of processor time; `play` answers how many turns it has resolved. */
function turnsPerS(play: () => number): number {
  const before = process.cpuUsage();
  let turns = 0;
  for (;;) {
    turns += play();
    const used = process.cpuUsage(before);
    const usedMs = (used.user + used.system) / 1_000;
    if (usedMs >= roundMs) return (1_000 * turns) / usedMs;
  }
}

const duels = recordDuels();
const turnsOfAll = duels.reduce((sum, { inputs }) => sum + inputs.length, 0);
const playBattles = () => {
  for (const battle of duels) replay({ rules: 1, ...battle });
  return turnsOfAll;
};
const TRIVIAL_MOVES = 1_000;
const playTrivial = (copyOf: (state: SmallState) => SmallState) => () => {
  let state: SmallState = { turn: 1, chance: chanceFrom(testSeed(1)), health: [100, 100] };
  for (let count = 0; count < TRIVIAL_MOVES; count += 1) state = trivialMove(copyOf(state));
  return TRIVIAL_MOVES - (state.turn - 1 - TRIVIAL_MOVES);
};

const engine = new Sample();
const spread = new Sample();
const cloned = new Sample();
// The ways take turns, so that other load hits all alike; the first round only warms up.
for (let round = 0; round <= ROUNDS; round += 1) {
  const rates = [
    turnsPerS(playBattles),
    turnsPerS(playTrivial((state) => state)),
    turnsPerS(playTrivial((state) => structuredClone(state))),
  ];
  if (round === 0) continue;
  [engine, spread, cloned].forEach((sample, at) => {
    sample.add(rates[at] ?? 0);
  });
}

const turns = engine.at(0.5);
const rate = (perSecond: number) => `${Math.round(perSecond).toLocaleString('en')} per second`;
const lengthMean = turnsOfAll / duels.length;
print(
  `${duels.length} battles of ${lengthMean.toFixed(1)} turns replayed repeatedly in one process, by its processor time`,
);
print(
  `turns             ${rate(turns)} (${(1e6 / turns).toFixed(2)} µs per turn), median of ${ROUNDS} rounds`,
);
print(`battles           ${rate(turns / lengthMean)}`);
print(`slowest, fastest  ${rate(engine.at(0))}, ${rate(engine.at(1))}`);
print(
  `trivial move      ${rate(spread.at(0.5))} (state spread, one seeded draw: the limit, measured in the same run)`,
);
print(`ratio             ${(turns / spread.at(0.5)).toFixed(3)} of the limit`);
print(
  `with a deep copy  ${rate(cloned.at(0.5))} (the same with structuredClone, as some frameworks do)`,
);
print(`ratio             ${(turns / cloned.at(0.5)).toFixed(2)} of it`);
print(
  `target            ${rate(TARGET_TURNS_PER_S)}: ${turns >= TARGET_TURNS_PER_S ? 'reached' : 'MISSED'}, ` +
    `${(turns / TARGET_TURNS_PER_S).toFixed(1)} times that (set on another machine: see the ratios)`,
);
summarize({
  what: 'turns in one process, by its processor time',
  figure: perSecond(turns),
  limit: `${perSecond(spread.at(0.5))}, a copied state and one draw`,
  ratio: turns / spread.at(0.5),
  goal: perSecond(TARGET_TURNS_PER_S),
});
