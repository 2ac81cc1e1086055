import { combatNumbers } from './numbers.ts';
import { type TechniqueNumbers, plain } from './techniques.ts';
import type { Battle, AilmentId, BattleEvent, Fighter, Move, Side } from '../../battle.ts';
import { Dice } from './dice.ts';
import { type Matchup, matchup } from './matchup.ts';

/** A side in an exchange; its copy of the fighter changes with the blows. */
export interface Actor {
  readonly side: Side;
  readonly fighter: Fighter;
  readonly move: Move;
  readonly technique: TechniqueNumbers;
  readonly matchup: Matchup;
  readonly tired: boolean;
}

export interface Exchange {
  readonly turn: number;
  readonly dice: Dice;
  readonly actors: readonly [Actor, Actor];
  readonly events: BattleEvent[];
}

/** Copies both fighters, which pay for their moves. The battle is not changed. */
export function openExchange(battle: Battle, moves: readonly [Move, Move]): Exchange {
  const first = copied(battle.fighters[0], moves[0]);
  const second = copied(battle.fighters[1], moves[1]);
  return {
    turn: battle.turn,
    dice: new Dice(battle.chance),
    actors: [actorOf(0, [first, second], moves[0]), actorOf(1, [second, first], moves[1])],
    events: [],
  };
}

function actorOf(side: Side, [fighter, opponent]: readonly [Fighter, Fighter], move: Move): Actor {
  return {
    side,
    fighter,
    move,
    technique: techniqueNumbers(move),
    matchup: matchup(fighter, opponent),
    tired: !pay(fighter, move),
  };
}

export function techniqueNumbers({ technique }: Move): TechniqueNumbers {
  return technique === null ? plain : (combatNumbers.techniques[technique] ?? plain);
}

/** Stamina for blow and guard, without the technique. */
export function effortOf({ strike, guard }: Move): number {
  return combatNumbers.zones[strike].stamina + combatNumbers.guards[guard];
}

export function afflict(fighter: Fighter, effect: AilmentId): void {
  // Plus 1 for the current exchange.
  fighter.effects[effect] = Math.max(fighter.effects[effect], combatNumbers.effects.turns + 1);
  if (effect === 'winded') drain(fighter, 'stamina', combatNumbers.effects.winded.stamina);
}

/** Takes up to `amount`; answers how much was taken. */
export function drain(fighter: Fighter, vital: keyof Fighter['stats'], amount: number): number {
  const stat = fighter.stats[vital];
  const taken = Math.min(stat.cur, amount);
  stat.cur -= taken;
  return taken;
}

/** Gives up to `amount`, within the maximum; answers how much was given. */
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

/** False if the stamina was not enough for blow and guard. */
function pay(fighter: Fighter, move: Move): boolean {
  const technique = techniqueNumbers(move);
  drain(fighter, 'mp', technique.mp);
  drain(fighter, 'stamina', technique.stamina);
  const effort = effortOf(move);
  return drain(fighter, 'stamina', effort) === effort;
}
