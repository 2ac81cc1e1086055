import type { Vital } from '../../../account/account-context.ts';
import {
  type Battle,
  type Effects,
  type Fighter,
  type FighterSheet,
  type ForfeitReason,
  type Move,
  type Outcome,
  type Side,
  seedSchema,
} from '../../battle.ts';
import { isUp } from './blow.ts';
import { chanceFrom } from './dice.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { fight, recover } from './fight.ts';
import { isLegal } from './legal-moves.ts';
import { combatNumbers } from './numbers.ts';
import { BattleOverError, IllegalMoveError, type Resolved } from '../rules.ts';

export const RULES = 1;

const healthy: Effects = { dazed: 0, winded: 0, hobbled: 0, daunted: 0, fury: 0 };

/** `seed`: 32 lower-case hexadecimal digits; raises ZodError. */
export function startBattle(seed: string, sheets: readonly [FighterSheet, FighterSheet]): Battle {
  return {
    rules: RULES,
    seed: seedSchema.parse(seed),
    turn: 1,
    chance: chanceFrom(seed),
    fighters: [fighterOf(sheets[0]), fighterOf(sheets[1])],
    outcome: null,
  };
}

/** Pure; raises BattleOverError or IllegalMoveError. */
export function resolveExchange(battle: Battle, moves: readonly [Move, Move]): Resolved {
  if (battle.outcome !== null) throw new BattleOverError('This battle is over');
  for (const side of [0, 1] as const) {
    if (!isLegal(battle, side, moves[side])) throw new IllegalMoveError(side, moves[side]);
  }
  const exchange = openExchange(battle, moves);
  fight(exchange);
  return closed(battle, exchange);
}

/** `side`: null if nobody wins. Pure; raises BattleOverError. */
export function forfeit(battle: Battle, side: Side | null, reason: ForfeitReason): Resolved {
  if (battle.outcome !== null) throw new BattleOverError('This battle is over');
  const winner = side === null ? null : side === 0 ? 1 : 0;
  const outcome: Outcome = { winner, reason };
  return {
    battle: { ...battle, outcome },
    events: [{ kind: 'end', turn: battle.turn, outcome }],
  };
}

/** Vitals are clamped to their bounds; everybody starts with at least 1 health. */
function fighterOf({ archetype, attributes, stats, techniques }: FighterSheet): Fighter {
  return {
    archetype,
    attributes,
    techniques,
    stats: {
      hp: bounded(stats.hp, 1),
      mp: bounded(stats.mp, 0),
      stamina: bounded(stats.stamina, 0),
    },
    effects: healthy,
    lastTechnique: null,
  };
}

function bounded({ cur, max }: Vital, least: number): Vital {
  const most = Math.max(max, least);
  return { cur: Math.min(Math.max(cur, least), most), max: most };
}

function closed(battle: Battle, exchange: Exchange): Resolved {
  const { actors, events, turn, dice } = exchange;
  const outcome = outcomeOf(exchange);
  if (outcome === null) for (const { fighter } of actors) recover(fighter);
  else events.push({ kind: 'end', turn, outcome });
  return {
    battle: {
      rules: battle.rules,
      seed: battle.seed,
      turn: outcome === null ? turn + 1 : turn,
      chance: dice.state(),
      fighters: [actors[0].fighter, actors[1].fighter],
      outcome,
    },
    events,
  };
}

function outcomeOf({ actors, turn }: Exchange): Outcome | null {
  const [a, b] = actors;
  if (!isUp(a)) return { winner: 1, reason: 'knockout' };
  if (!isUp(b)) return { winner: 0, reason: 'knockout' };
  if (turn < combatNumbers.turnLimit) return null;
  // Compares the shares of health without dividing.
  const ahead =
    a.fighter.stats.hp.cur * b.fighter.stats.hp.max -
    b.fighter.stats.hp.cur * a.fighter.stats.hp.max;
  return { winner: ahead === 0 ? null : ahead > 0 ? 0 : 1, reason: 'turn_limit' };
}
