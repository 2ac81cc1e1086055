import { combatNumbers } from './numbers.ts';
import { type Aim, feinted, straight } from './aim.ts';
import type { AilmentId, BlowEvent } from '../../battle.ts';
import { type Actor, type Exchange, afflict, drain, restore } from './exchange.ts';
import { type Blow, type Odds, effectOfHit, insightChance, oddsOf, soft } from './odds.ts';
import { isStance } from './stance.ts';

interface Sides {
  readonly own: Actor;
  readonly opponent: Actor;
}

interface Landing {
  readonly result: BlowEvent['result'];
  readonly crit: boolean;
  /** Damage; it may exceed the health that is left. */
  readonly amount: number;
}

/**
 * One blow: accuracy, crit, dodge, parry, block, damage, control, counter-attack. Changes both
 * fighters and adds the events. The order of the throws is part of the rules.
 */
export function strike(exchange: Exchange, own: Actor, opponent: Actor): void {
  const blow: Blow = { own, opponent, turn: exchange.turn };
  const aim = aimOf(exchange, blow, { own, opponent });
  const odds = oddsOf(blow, aim);
  const { result, crit, amount } = landing(exchange, odds, aim.guarded);
  const taken = drain(opponent.fighter, 'hp', amount);
  const hit = result === 'hit';
  const effect = hit && isUp(opponent) ? control(exchange, { own, opponent, aim }, odds) : null;
  exchange.events.push({
    kind: 'blow',
    turn: exchange.turn,
    side: own.side,
    zone: aim.zone,
    feintedFrom: aim.feintedFrom,
    technique: isStance(own.move.technique) ? null : own.move.technique,
    result,
    crit,
    amount: taken,
    effect,
    drained: hit ? siphon(own, opponent, taken) : 0,
  });
  if (result === 'parry') counter(exchange, { own, opponent }, odds);
}

export function isUp({ fighter }: Actor): boolean {
  return fighter.stats.hp.cur > 0;
}

function aimOf(exchange: Exchange, blow: Blow, { own, opponent }: Sides): Aim {
  const { slip } = own.technique;
  const zone = own.move.strike;
  const direct = straight(zone, opponent.move.guard, opponent.technique);
  if (slip === null) return direct;
  const seenThrough = direct.guarded && exchange.dice.throw() < insightChance(blow);
  return seenThrough ? direct : feinted({ zone, slip }, opponent.move.guard, opponent.technique);
}

function landing({ dice }: Exchange, odds: Odds, guarded: boolean): Landing {
  const nothing = { crit: false, amount: 0 };
  if (dice.throw() < odds.miss) return { result: 'miss', ...nothing };
  const crit = dice.throw() < odds.crit;
  if (dice.throw() < odds.dodge) return { result: 'dodge', ...nothing };
  if (guarded && dice.throw() < odds.parry) return { result: 'parry', ...nothing };
  const { spread } = combatNumbers.damage;
  const force = odds.damage * (1 - spread + 2 * spread * dice.throw());
  const raw = force * (crit ? combatNumbers.crit.factor : 1) * (1 - odds.kept);
  return { result: guarded ? 'block' : 'hit', crit, amount: Math.max(1, Math.round(raw)) };
}

/** The effect of a hit, if the opponent suffers it. */
function control(
  { dice }: Exchange,
  { own, opponent, aim }: Sides & { readonly aim: Aim },
  odds: Odds,
): AilmentId | null {
  const effect = effectOfHit(own.technique, combatNumbers.zones[aim.zone]);
  if (effect === null || dice.throw() >= odds.control) return null;
  afflict(opponent.fighter, effect);
  return effect;
}

/** Drains the opponent after a hit; answers the gained health. */
function siphon({ fighter, technique, matchup }: Actor, opponent: Actor, taken: number): number {
  const { hp, stamina } = technique.drains;
  if (stamina > 0) restore(fighter, 'stamina', drain(opponent.fighter, 'stamina', stamina));
  return hp > 0 ? restore(fighter, 'hp', Math.round(taken * hp * soft(matchup.potency))) : 0;
}

/** The counter-attack after a parry. */
function counter(exchange: Exchange, { own, opponent }: Sides, odds: Odds): void {
  const { dice, turn, events } = exchange;
  if (dice.throw() >= odds.counter) return;
  const { spread } = combatNumbers.damage;
  const force = odds.counterDamage * (1 - spread + 2 * spread * dice.throw());
  const amount = drain(own.fighter, 'hp', Math.max(1, Math.round(force)));
  events.push({ kind: 'counter', turn, side: opponent.side, amount });
}
