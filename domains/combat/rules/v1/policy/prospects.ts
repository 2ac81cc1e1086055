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
 * What each choice is worth against what is expected of the other side, in points of health.
 * The worth of a move is the sum of its strike and its guard under its technique.
 */
export interface Prospect {
  readonly technique: TechniqueId | null;
  /** In the order of `zones`: what striking there is worth, with all that the technique brings. */
  readonly strikes: readonly number[];
  /** In the order of `guards`: what that guard is worth; below 0. */
  readonly guards: readonly number[];
}

/** A stance that may meet one's own, and how likely. */
interface Possible {
  readonly stance: Stance;
  readonly chance: number;
}

interface Scene {
  readonly forecast: Forecast;
  readonly numbers: CombatNumbers;
  readonly turn: number;
}

/** Below this a blow will be a tired one: the effort of a middling strike and guard. */
const EFFORT = 15;

/** One prospect for each of the techniques; null is none. */
export function prospectsOf(
  { battle, side }: PolicyView,
  forecast: Forecast,
  techniques: readonly (TechniqueId | null)[],
): Prospect[] {
  const numbers = combatNumbers;
  const own = battle.fighters[side];
  const foe = battle.fighters[side === 0 ? 1 : 0];
  const scene: Scene = { forecast, numbers, turn: battle.turn };
  const attack = stances(own, matchup(own, foe, numbers), numbers);
  const defence = stances(foe, matchup(foe, own, numbers), numbers);
  const foes = forecast.techniques.map(({ technique, chance }) => ({
    stance: defence(technique),
    chance,
  }));
  const shields = merged(foes, defence(null));
  const withoutShield = guardWorths(scene, attack(null), foes);
  return techniques.map((technique) => {
    const stance = attack(technique);
    return {
      technique,
      strikes: strikeWorths(scene, stance, shields),
      guards: isShield(stance.technique) ? guardWorths(scene, stance, foes) : withoutShield,
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

/** Whether a technique changes what becomes of the other side's blow. */
function isShield({ guard, evade, riposte }: TechniqueNumbers): boolean {
  return guard !== 'chosen' || evade > 0 || riposte !== null;
}

/** All that meet a blow in the same way as one. */
function merged(foes: readonly Possible[], bare: Stance): Possible[] {
  const shields = foes.filter(({ stance }) => isShield(stance.technique));
  const chance = shields.reduce((left, shield) => left - shield.chance, 1);
  return [{ stance: bare, chance }, ...shields];
}

function strikeWorths(scene: Scene, own: Stance, foes: readonly Possible[]): number[] {
  const { forecast, numbers, turn } = scene;
  const gifts = giftWorth(own, numbers);
  const price = staminaPrice(own.fighter);
  const sums = zones.map((zone) => gifts - price * numbers.zones[zone].stamina);
  for (const { stance, chance } of foes) {
    const worths = blowWorths({ own, foe: stance, turn }, numbers);
    for (let at = 0; at < worths.length; at += 1) {
      const guard = chance * (forecast.guards[at % guards.length] ?? 0);
      const zone = Math.floor(at / guards.length);
      sums[zone] = (sums[zone] ?? 0) + guard * (worths[at] ?? 0);
    }
  }
  return sums;
}

function guardWorths(scene: Scene, own: Stance, foes: readonly Possible[]): number[] {
  const { forecast, numbers, turn } = scene;
  const price = staminaPrice(own.fighter);
  const sums = guards.map((guard) => -price * numbers.guards[guard]);
  for (const { stance, chance } of foes) {
    const worths = blowWorths({ own: stance, foe: own, turn }, numbers);
    for (let at = 0; at < worths.length; at += 1) {
      const strike = chance * (forecast.strikes[Math.floor(at / guards.length)] ?? 0);
      const guard = at % guards.length;
      sums[guard] = (sums[guard] ?? 0) - strike * (worths[at] ?? 0);
    }
  }
  return sums;
}
