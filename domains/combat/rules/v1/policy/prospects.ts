import { combatNumbers } from '../numbers.ts';
import { type TechniqueNumbers, plain } from '../techniques.ts';
import type { Fighter, TechniqueId } from '../../../battle.ts';
import { guards, zones } from '../choices.ts';
import { type Matchup, matchup } from '../matchup.ts';
import type { Stance } from '../odds.ts';
import { blowWorths } from './blow-worth.ts';
import type { Forecast } from './forecast.ts';
import type { PolicyView } from '../../policy.ts';
import { giftWorth, staminaPrice } from './worth.ts';

/**
 * Expected worth of each choice under a technique, in points of health. The worth of a move is the sum
 * of its strike and its guard.
 */
export interface Prospect {
  readonly technique: TechniqueId | null;
  /** In the order of `zones`; includes what the technique gives and costs. */
  readonly strikes: readonly number[];
  /** In the order of `guards`; below 0. */
  readonly guards: readonly number[];
}

interface Possible {
  readonly stance: Stance;
  readonly chance: number;
}

interface Scene {
  readonly forecast: Forecast;
  readonly turn: number;
}

const ZONES = zones.length;
const GUARDS = guards.length;
/** Stamina of an average strike and guard; with less the blow is a tired one. */
const EFFORT = 15;

/** One prospect for each technique. */
export function prospectsOf(
  { battle, side }: PolicyView,
  forecast: Forecast,
  techniques: readonly (TechniqueId | null)[],
): Prospect[] {
  const own = battle.fighters[side];
  const opponent = battle.fighters[side === 0 ? 1 : 0];
  const scene: Scene = { forecast, turn: battle.turn };
  const attack = stances(own, matchup(own, opponent));
  const defence = stances(opponent, matchup(opponent, own));
  const opponents = forecast.techniques.map(({ technique, chance }) => ({
    stance: defence(technique),
    chance,
  }));
  const shields = merged(opponents, defence(null));
  const withoutShield = guardWorths(scene, attack(null), opponents);
  return techniques.map((technique) => {
    const stance = attack(technique);
    return {
      technique,
      strikes: strikeWorths(scene, stance, shields),
      guards: isShield(stance.technique) ? guardWorths(scene, stance, opponents) : withoutShield,
    };
  });
}

function stances(fighter: Fighter, own: Matchup) {
  return (id: TechniqueId | null): Stance => {
    const technique = id === null ? plain : (combatNumbers.techniques[id] ?? plain);
    const tired = fighter.stats.stamina.cur - technique.stamina < EFFORT;
    return { fighter, technique, tired, matchup: own };
  };
}

/** Whether a technique changes the blow of the opponent. */
function isShield({ guard, evade, riposte }: TechniqueNumbers): boolean {
  return guard !== 'chosen' || evade > 0 || riposte !== null;
}

/** Stances that do not change a blow become one. */
function merged(opponents: readonly Possible[], bare: Stance): Possible[] {
  const shields = opponents.filter(({ stance }) => isShield(stance.technique));
  const chance = shields.reduce((left, shield) => left - shield.chance, 1);
  return [{ stance: bare, chance }, ...shields];
}

/** Plain loops, as in `guardWorths`: a policy spends most of its time here. */
function strikeWorths(scene: Scene, own: Stance, opponents: readonly Possible[]): number[] {
  const { forecast, turn } = scene;
  const gifts = giftWorth(own);
  const price = staminaPrice(own.fighter);
  const sums = zones.map((zone) => gifts - price * combatNumbers.zones[zone].stamina);
  for (const { stance, chance } of opponents) {
    const worths = blowWorths({ own, opponent: stance, turn });
    for (let zone = 0; zone < ZONES; zone += 1) {
      let sum = sums[zone] ?? 0;
      for (let guard = 0; guard < GUARDS; guard += 1)
        sum += chance * (forecast.guards[guard] ?? 0) * (worths[zone * GUARDS + guard] ?? 0);
      sums[zone] = sum;
    }
  }
  return sums;
}

function guardWorths(scene: Scene, own: Stance, opponents: readonly Possible[]): number[] {
  const { forecast, turn } = scene;
  const price = staminaPrice(own.fighter);
  const sums = guards.map((guard) => -price * combatNumbers.guards[guard]);
  for (const { stance, chance } of opponents) {
    const worths = blowWorths({ own: stance, opponent: own, turn });
    for (let guard = 0; guard < GUARDS; guard += 1) {
      let sum = sums[guard] ?? 0;
      for (let zone = 0; zone < ZONES; zone += 1)
        sum -= chance * (forecast.strikes[zone] ?? 0) * (worths[zone * GUARDS + guard] ?? 0);
      sums[guard] = sum;
    }
  }
  return sums;
}
