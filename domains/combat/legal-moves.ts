import { combatNumbers } from '../../resources/numbers/combat.ts';
import type { Battle, Fighter, Move, Side, TechniqueId } from './battle.ts';

/**
 * What a side can use now, in the order of its sheet: what it can pay for and did not use in the
 * last exchange. Nothing once the battle is over.
 */
export function legalTechniques(battle: Battle, side: Side): TechniqueId[] {
  if (battle.outcome !== null) return [];
  const fighter = battle.fighters[side];
  return fighter.techniques.filter((technique) => isReady(battle, fighter, technique));
}

/** Any strike and guard are legal, with no technique or one of `legalTechniques`. */
export function isLegal(battle: Battle, side: Side, { technique }: Move): boolean {
  if (battle.outcome !== null) return false;
  if (technique === null) return true;
  const fighter = battle.fighters[side];
  return fighter.techniques.includes(technique) && isReady(battle, fighter, technique);
}

/** The move of a side that chose none: a cheap blow from behind the middle guard, and a breath. */
export function defaultMove(battle: Battle, side: Side): Move {
  const { stats } = battle.fighters[side];
  const short = stats.stamina.cur * 2 < stats.stamina.max;
  const breath: Move = { strike: 'legs', guard: 'chest-belly', technique: 'breath' };
  return short && isLegal(battle, side, breath) ? breath : { ...breath, technique: null };
}

function isReady({ rules }: Battle, fighter: Fighter, technique: TechniqueId): boolean {
  if (fighter.lastTechnique === technique) return false;
  const { stats } = fighter;
  const { stamina, mp } = combatNumbers[rules].techniques[technique];
  return stats.stamina.cur >= stamina && stats.mp.cur >= mp;
}
