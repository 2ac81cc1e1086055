import { combatNumbers } from './numbers.ts';
import type { Cost } from '../rules.ts';
import type { Battle, Fighter, Move, Side, TechniqueId } from '../../battle.ts';

/** What a side can pay for and did not use in the last exchange, in the order of its sheet. */
export function legalTechniques(battle: Battle, side: Side): TechniqueId[] {
  if (battle.outcome !== null) return [];
  const fighter = battle.fighters[side];
  return fighter.techniques.filter((technique) => isReady(fighter, technique));
}

/** Every strike and guard is legal, without a technique or with one of `legalTechniques`. */
export function isLegal(battle: Battle, side: Side, { technique }: Move): boolean {
  if (battle.outcome !== null) return false;
  if (technique === null) return true;
  const fighter = battle.fighters[side];
  return fighter.techniques.includes(technique) && isReady(fighter, technique);
}

/** For a side that chose no move: a cheap blow, the middle guard, a breath at low stamina. */
export function defaultMove(battle: Battle, side: Side): Move {
  const { stats } = battle.fighters[side];
  const short = stats.stamina.cur * 2 < stats.stamina.max;
  const breath: Move = { strike: 'legs', guard: 'chest-belly', technique: 'breath' };
  return short && isLegal(battle, side, breath) ? breath : { ...breath, technique: null };
}

/** null: these rules do not know the technique. */
export function costOf(technique: TechniqueId): Cost | null {
  const numbers = combatNumbers.techniques[technique];
  return numbers === undefined ? null : { stamina: numbers.stamina, mp: numbers.mp };
}

function isReady({ lastTechnique, stats }: Fighter, technique: TechniqueId): boolean {
  const numbers = combatNumbers.techniques[technique];
  if (numbers === undefined || lastTechnique === technique) return false;
  return stats.stamina.cur >= numbers.stamina && stats.mp.cur >= numbers.mp;
}
