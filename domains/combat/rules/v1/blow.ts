import { type Aim, feinted, straight } from './aim.ts';
import type { AilmentId, BlowEvent } from '../../battle.ts';
import { type Actor, type Exchange, afflict, drain, restore } from './exchange.ts';
import { type Blow, type Odds, effectOfHit, insightChance, oddsOf, soft } from './odds.ts';
import { isStance } from './stance.ts';

type Result = BlowEvent['result'];

/** What the dice made of a blow. */
interface Landing {
  readonly result: Result;
  readonly crit: boolean;
  /** Health it takes, if the other side has so much. */
  readonly amount: number;
}

/**
 * One side's blow, step by step: accuracy, crit, dodge, parry, block, counter, damage, control.
 * Changes both fighters of the exchange and tells what happened.
 */
export function strike(exchange: Exchange, own: Actor, foe: Actor): void {
  const blow: Blow = { own, foe, turn: exchange.turn };
  const aim = aimOf(exchange, blow, { own, foe });
  const odds = oddsOf(blow, aim, exchange.numbers);
  const { result, crit, amount } = landing(exchange, odds, aim.guarded);
  const taken = drain(foe.fighter, 'hp', amount);
  const hit = result === 'hit';
  const effect = hit && isUp(foe) ? control(exchange, { own, foe, aim }, odds) : null;
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
    drained: hit ? siphon(own, foe, taken) : 0,
  });
  if (result === 'parry') counter(exchange, { own, foe }, odds);
}

export function isUp({ fighter }: Actor): boolean {
  return fighter.stats.hp.cur > 0;
}

function aimOf(exchange: Exchange, blow: Blow, { own, foe }: { own: Actor; foe: Actor }): Aim {
  const { slip } = own.technique;
  const zone = own.move.strike;
  const direct = straight(zone, foe.move.guard, foe.technique);
  if (slip === null) return direct;
  const seenThrough =
    direct.guarded && exchange.dice.throw() < insightChance(blow, exchange.numbers);
  return seenThrough ? direct : feinted({ zone, slip }, foe.move.guard, foe.technique);
}

function landing({ dice, numbers }: Exchange, odds: Odds, guarded: boolean): Landing {
  const nothing = { crit: false, amount: 0 };
  if (dice.throw() < odds.miss) return { result: 'miss', ...nothing };
  const crit = dice.throw() < odds.crit;
  if (dice.throw() < odds.dodge) return { result: 'dodge', ...nothing };
  if (guarded && dice.throw() < odds.parry) return { result: 'parry', ...nothing };
  const { spread } = numbers.damage;
  const force = odds.damage * (1 - spread + 2 * spread * dice.throw());
  const raw = force * (crit ? numbers.crit.factor : 1) * (1 - odds.kept);
  return { result: guarded ? 'block' : 'hit', crit, amount: Math.max(1, Math.round(raw)) };
}

/** What the blow leaves on the foe beside the damage. */
function control(
  { dice, numbers }: Exchange,
  { own, foe, aim }: { own: Actor; foe: Actor; aim: Aim },
  odds: Odds,
): AilmentId | null {
  const effect = effectOfHit(own.technique, aim.zone, numbers);
  if (effect === null || dice.throw() >= odds.control) return null;
  afflict(foe.fighter, effect, numbers);
  return effect;
}

/** What a technique sucks out of a foe it has hit; answers the health. */
function siphon({ fighter, technique, matchup }: Actor, foe: Actor, taken: number): number {
  const { hp, stamina } = technique.drains;
  if (stamina > 0) restore(fighter, 'stamina', drain(foe.fighter, 'stamina', stamina));
  return hp > 0 ? restore(fighter, 'hp', Math.round(taken * hp * soft(matchup.potency))) : 0;
}

/** The foe answers a blow that he has parried. */
function counter(exchange: Exchange, { own, foe }: { own: Actor; foe: Actor }, odds: Odds): void {
  const { dice, numbers, turn, events } = exchange;
  if (dice.throw() >= odds.counter) return;
  const { spread } = numbers.damage;
  const force = odds.counterDamage * (1 - spread + 2 * spread * dice.throw());
  const amount = drain(own.fighter, 'hp', Math.max(1, Math.round(force)));
  events.push({ kind: 'counter', turn, side: foe.side, amount });
}
