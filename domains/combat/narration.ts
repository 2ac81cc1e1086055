import { type Text, type TextArg, type TextKey, text } from '../core/text.ts';
import type { BattleEvent, BlowEvent, EffectId, Side } from './battle.ts';

/** How both sides are called, in order. */
export type Names = readonly [TextArg, TextArg];

type Told<K extends BattleEvent['kind']> = Extract<BattleEvent, { kind: K }>;

/** What happened, as one line. Its wording varies with the turn, so that it does not get dull. */
export function narrate(event: BattleEvent, names: Names): Text {
  switch (event.kind) {
    case 'crowd':
      return text('combat.event.crowd');
    case 'technique':
      return technique(event, names);
    case 'blow':
      return blow(event, names);
    case 'counter':
      return text('combat.event.counter', { ...cast(event.side, names), amount: event.amount });
    case 'mark':
      return text('combat.event.mark', { effect: effectOn(event.effect, event.side, names) });
    case 'end':
      return ending(event, names);
  }
}

/** Who acts, and upon whom. */
function cast(side: Side, names: Names): { name: TextArg; foe: TextArg } {
  return side === 0 ? { name: names[0], foe: names[1] } : { name: names[1], foe: names[0] };
}

function technique(event: Told<'technique'>, names: Names): Text {
  const { stamina, mp } = event;
  return text(`combat.event.technique.${event.technique}`, {
    ...cast(event.side, names),
    stamina,
    mp,
  });
}

function blow(event: BlowEvent, names: Names): Text {
  return text(blowKey(event), {
    ...cast(event.side, names),
    how: howOf(event),
    into: text(`combat.into.${event.zone}`),
    amount: event.amount,
    effect: event.effect === null ? '' : effectOn(event.effect, event.side, names),
    drained: event.drained === 0 ? '' : text('combat.event.drained', { amount: event.drained }),
  });
}

/** Two wordings of each result, by turns. */
function blowKey({ result, crit, turn, side }: BlowEvent): TextKey {
  const told = result === 'hit' && crit ? 'crit' : result;
  return (turn + side) % 2 === 0 ? `combat.event.${told}.1` : `combat.event.${told}.2`;
}

function howOf({ technique: used, feintedFrom }: BlowEvent): TextArg {
  if (used === null) return '';
  const name = text(`combat.technique.${used}.name`);
  if (feintedFrom === null) return text('combat.event.with', { technique: name });
  return text('combat.event.feinted', {
    technique: name,
    from: text(`combat.into.${feintedFrom}`),
  });
}

function effectOn(effect: EffectId, side: Side, names: Names): Text {
  return text(`combat.event.effect.${effect}`, { foe: cast(side, names).foe });
}

function ending({ outcome }: Told<'end'>, names: Names): Text {
  const { winner, reason } = outcome;
  if (winner === null) return text('combat.event.end.draw');
  return text(`combat.event.end.${reason}`, cast(winner, names));
}
