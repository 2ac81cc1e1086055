import { type CombatNumbers, combatNumbers } from '../numbers.ts';
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
  readonly numbers: CombatNumbers;
  readonly turn: number;
}

/** Stamina of an average strike and guard; with less the blow is a tired one. */
const EFFORT = 15;

/** One prospect for each technique. */
export function prospectsOf(
  { battle, side }: PolicyView,
  forecast: Forecast,
  techniques: readonly (TechniqueId | null)[],
): Prospect[] {
  const numbers = combatNumbers;
  const own = battle.fighters[side];
  const opponent = battle.fighters[side === 0 ? 1 : 0];
  const scene: Scene = { forecast, numbers, turn: battle.turn };
  const attack = stances(own, matchup(own, opponent, numbers), numbers);
  const defence = stances(opponent, matchup(opponent, own, numbers), numbers);
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

function stances(fighter: Fighter, own: Matchup, numbers: CombatNumbers) {
  return (id: TechniqueId | null): Stance => {
    const technique = id === null ? plain : (numbers.techniques[id] ?? plain);
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

function strikeWorths(scene: Scene, own: Stance, opponents: readonly Possible[]): number[] {
  const { forecast, numbers, turn } = scene;
  const gifts = giftWorth(own, numbers);
  const price = staminaPrice(own.fighter);
  const sums = zones.map((zone) => gifts - price * numbers.zones[zone].stamina);
  for (const { stance, chance } of opponents) {
    const worths = blowWorths({ own, opponent: stance, turn }, numbers);
    for (let at = 0; at < worths.length; at += 1) {
      const guard = chance * (forecast.guards[at % guards.length] ?? 0);
      const zone = Math.floor(at / guards.length);
      sums[zone] = (sums[zone] ?? 0) + guard * (worths[at] ?? 0);
    }
  }
  return sums;
}

function guardWorths(scene: Scene, own: Stance, opponents: readonly Possible[]): number[] {
  const { forecast, numbers, turn } = scene;
  const price = staminaPrice(own.fighter);
  const sums = guards.map((guard) => -price * numbers.guards[guard]);
  for (const { stance, chance } of opponents) {
    const worths = blowWorths({ own: stance, opponent: own, turn }, numbers);
    for (let at = 0; at < worths.length; at += 1) {
      const strike = chance * (forecast.strikes[Math.floor(at / guards.length)] ?? 0);
      const guard = at % guards.length;
      sums[guard] = (sums[guard] ?? 0) - strike * (worths[at] ?? 0);
    }
  }
  return sums;
}
