import { type CombatNumbers, combatNumbers } from './numbers.ts';
import { type TechniqueNumbers, plain } from './techniques.ts';
import type { Battle, AilmentId, BattleEvent, Fighter, Move, Side } from '../../battle.ts';
import { Dice } from './dice.ts';
import { type Matchup, matchup } from './matchup.ts';

/** A side at work in an exchange: its own copy of the fighter, changed as the blows fall. */
export interface Actor {
  readonly side: Side;
  readonly fighter: Fighter;
  readonly move: Move;
  readonly technique: TechniqueNumbers;
  readonly matchup: Matchup;
  readonly tired: boolean;
}

/** An exchange under way. What it holds is its own; the battle that it came from stays as it was. */
export interface Exchange {
  readonly numbers: CombatNumbers;
  readonly turn: number;
  readonly dice: Dice;
  readonly actors: readonly [Actor, Actor];
  readonly events: BattleEvent[];
}

/** Both sides step in and pay for what they chose. */
export function openExchange(battle: Battle, moves: readonly [Move, Move]): Exchange {
  const numbers = combatNumbers;
  const first = copied(battle.fighters[0], moves[0]);
  const second = copied(battle.fighters[1], moves[1]);
  return {
    numbers,
    turn: battle.turn,
    dice: new Dice(battle.chance),
    actors: [
      stepIn(0, { fighter: first, foe: second, move: moves[0] }, numbers),
      stepIn(1, { fighter: second, foe: first, move: moves[1] }, numbers),
    ],
    events: [],
  };
}

function stepIn(
  side: Side,
  who: { readonly fighter: Fighter; readonly foe: Fighter; readonly move: Move },
  numbers: CombatNumbers,
): Actor {
  const { fighter, foe, move } = who;
  return {
    side,
    fighter,
    move,
    technique: techniqueNumbers(move, numbers),
    matchup: matchup(fighter, foe, numbers),
    tired: !pay(fighter, move, numbers),
  };
}

export function techniqueNumbers({ technique }: Move, numbers: CombatNumbers): TechniqueNumbers {
  return technique === null ? plain : (numbers.techniques[technique] ?? plain);
}

/** The stamina that a blow and a guard cost, technique aside. */
export function effortOf({ strike, guard }: Move, numbers: CombatNumbers): number {
  return numbers.zones[strike].stamina + numbers.guards[guard];
}

export function afflict(fighter: Fighter, effect: AilmentId, numbers: CombatNumbers): void {
  // The exchange under way counts as one.
  fighter.effects[effect] = Math.max(fighter.effects[effect], numbers.effects.turns + 1);
  if (effect === 'winded') drain(fighter, 'stamina', numbers.effects.winded.stamina);
}

/** Takes up to `amount`; answers what was there to take. */
export function drain(fighter: Fighter, vital: keyof Fighter['stats'], amount: number): number {
  const stat = fighter.stats[vital];
  const taken = Math.min(stat.cur, amount);
  stat.cur -= taken;
  return taken;
}

/** Gives up to `amount`; answers how much there was room for. */
export function restore(fighter: Fighter, vital: keyof Fighter['stats'], amount: number): number {
  const stat = fighter.stats[vital];
  const given = Math.min(stat.max - stat.cur, amount);
  stat.cur += given;
  return given;
}

function copied(fighter: Fighter, { technique }: Move): Fighter {
  const { archetype, attributes, techniques, stats, effects } = fighter;
  const { hp, mp, stamina } = stats;
  return {
    archetype,
    attributes,
    techniques,
    stats: {
      hp: { cur: hp.cur, max: hp.max },
      mp: { cur: mp.cur, max: mp.max },
      stamina: { cur: stamina.cur, max: stamina.max },
    },
    effects: { ...effects },
    lastTechnique: technique,
  };
}

/** Takes what a move costs; false if the stamina was too little for the blow itself. */
function pay(fighter: Fighter, move: Move, numbers: CombatNumbers): boolean {
  const technique = techniqueNumbers(move, numbers);
  drain(fighter, 'mp', technique.mp);
  drain(fighter, 'stamina', technique.stamina);
  const effort = effortOf(move, numbers);
  return drain(fighter, 'stamina', effort) === effort;
}
