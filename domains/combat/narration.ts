import { type Text, type TextArg, text } from '../core/text.ts';
import type { BattleEvent, BlowEvent, Input, Move, Side } from './battle.ts';
import { otherSide } from './battle-session.ts';
import { type Reader, dotOf, effectsText } from './fighter-lines.ts';

/** One exchange as it was fought. */
export interface Fought {
  /** null: none was fought, because a side forfeited first. */
  readonly moves: readonly [Move, Move] | null;
  readonly events: readonly BattleEvent[];
}

interface Context {
  readonly events: readonly BattleEvent[];
  readonly reader: Reader;
}

type EventOf<K extends BattleEvent['kind']> = Extract<BattleEvent, { kind: K }>;

/** Both moves, the reader's first, and what came of each blow; nothing without an exchange. */
export function exchangeLines(fought: Fought, reader: Reader): Text[] {
  const { moves } = fought;
  if (moves === null) return [];
  const { side } = reader;
  return [
    moveLine(moves[side], side, reader),
    moveLine(moves[otherSide(side)], otherSide(side), reader),
    ...blowLines(fought, reader),
  ];
}

/** The blows in their order, and the one that a knock-out prevented. */
export function blowLines({ moves, events }: Fought, reader: Reader): Text[] {
  if (moves === null) return [];
  const blows = events.filter((one) => one.kind === 'blow');
  const lines = blows.map((blow) => blowLine(blow, { events, reader }));
  const prevented = ([0, 1] as const).filter((side) => !blows.some((one) => one.side === side));
  return [...lines, ...prevented.map((side) => preventedLine(moves[side], side, reader))];
}

/** Why the battle ended; nothing before its end. */
export function endLines(events: readonly BattleEvent[], { names }: Reader): Text[] {
  return events.flatMap((event) => (event.kind === 'end' ? [ending(event, names)] : []));
}

/** The moves of the last exchange, with the events of the last input. */
export function lastFought(inputs: readonly Input[], events: readonly BattleEvent[]): Fought {
  const last = inputs.findLast((input) => input.kind === 'exchange');
  return { moves: last?.moves ?? null, events };
}

function moveLine({ strike, guard, technique }: Move, side: Side, reader: Reader): Text {
  const chosen = {
    dot: dotOf(side, reader),
    strike: text(`combat.at.${strike}`),
    guard: text(`combat.guarding.${guard}`),
  };
  if (technique === null) return text('combat.move', chosen);
  const name = text(`combat.technique.${technique}.name`);
  return text('combat.move.technique', { ...chosen, technique: name });
}

function preventedLine({ strike }: Move, side: Side, reader: Reader): Text {
  const zone = text(`combat.at.${strike}`);
  const outcome = text('combat.outcome.prevented');
  return text('combat.blow', { ...direction(side, reader), zone, outcome });
}

/** Who strikes whom, where, the outcome, and what follows from it or a sentence about it. */
function blowLine(event: BlowEvent, context: Context): Text {
  const counter = counterTo(event, context.events);
  const blow = text('combat.blow', {
    ...direction(event.side, context.reader),
    zone: zoneText(event),
    outcome: counter === null ? outcomeText(event) : counterText(counter, context.reader),
  });
  const more = consequences(event, context);
  const flavour = counter === null && more.length === 0 ? flavourOf(event) : null;
  if (flavour !== null) return text('combat.blow.flavour', { blow, flavour });
  return more.reduce((whole, one) => text('combat.blow.more', { blow: whole, more: one }), blow);
}

/** The counter-attack after a parried blow; null if there was none. */
function counterTo(blow: BlowEvent, events: readonly BattleEvent[]): EventOf<'counter'> | null {
  const next = events[events.indexOf(blow) + 1];
  return next?.kind === 'counter' ? next : null;
}

function direction(side: Side, reader: Reader): { from: Text; to: Text } {
  return { from: dotOf(side, reader), to: dotOf(otherSide(side), reader) };
}

/** The zone that was struck; an arrow marks one that a feint turned to. */
function zoneText({ zone: struck, feintedFrom }: BlowEvent): Text {
  const zone = text(`combat.at.${struck}`);
  return feintedFrom === null ? zone : text('combat.blow.feinted', { zone });
}

function outcomeText({ result, crit, amount }: BlowEvent): Text {
  const outcome = result === 'hit' && crit ? 'crit' : result;
  return text(`combat.outcome.${outcome}`, { amount });
}

function counterText({ side, amount }: EventOf<'counter'>, reader: Reader): Text {
  return text('combat.outcome.countered', { loser: dotOf(otherSide(side), reader), amount });
}

/** Health that the striker gained, and the effects of blow and war cry. */
function consequences(blow: BlowEvent, { events, reader }: Context): Text[] {
  const { side, drained } = blow;
  const gained = { dot: dotOf(side, reader), amount: drained };
  const marks = events.flatMap((one) =>
    one.kind === 'mark' && one.side === side ? [one.effect] : [],
  );
  const caused = blow.effect === null ? marks : [...marks, blow.effect];
  const effects = effectsText(caused, drained > 0 || hasFailedCry(side, events) ? 0 : 1);
  return [
    ...(drained === 0 ? [] : [text('combat.blow.drained', gained)]),
    ...(hasFailedCry(side, events) ? [text('combat.cry.failed')] : []),
    ...(effects === null ? [] : [effects]),
  ];
}

function hasFailedCry(side: Side, events: readonly BattleEvent[]): boolean {
  const own = events.filter((one) => 'side' in one && one.side === side);
  const isCry = own.some((one) => one.kind === 'stance' && one.technique === 'war_cry');
  return isCry && !own.some(({ kind }) => kind === 'mark');
}

/** A sentence for criticals, parries and dodged techniques. */
function flavourOf(event: BlowEvent): Text | null {
  const { result, crit, technique } = event;
  const number = wording(event);
  if (result === 'hit' && crit) return text(`combat.flavour.crit.${number}`);
  if (result === 'parry') return text(`combat.flavour.parry.${number}`);
  const isDodgedTechnique = result === 'dodge' && technique !== null;
  return isDodgedTechnique ? text(`combat.flavour.dodge.${number}`) : null;
}

/** The wording varies with the turn and is the same for every reader. */
function wording({ turn, side }: { readonly turn: number; readonly side: Side }): 1 | 2 | 3 {
  return ([1, 2, 3] as const)[(2 * turn + side) % 3] ?? 1;
}

function ending({ turn, outcome }: EventOf<'end'>, names: Reader['names']): Text {
  const { winner, reason } = outcome;
  if (reason === 'operator') return text('combat.end.operator');
  if (winner === null) return text(reason === 'idle' ? 'combat.end.draw.idle' : 'combat.end.draw');
  const actors = namesFor(winner, names);
  if (reason !== 'knockout') return text(`combat.end.${reason}`, actors);
  return text(`combat.end.knockout.${wording({ turn, side: winner })}`, actors);
}

function namesFor(winner: Side, names: Reader['names']): { name: TextArg; opponent: TextArg } {
  return { name: names[winner], opponent: names[otherSide(winner)] };
}
