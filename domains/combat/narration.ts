import { type Text, type TextArg, type TextKey, text } from '../core/text.ts';
import type { BattleEvent, BlowEvent, AilmentId, Outcome, Side } from './battle.ts';

export type Names = readonly [TextArg, TextArg];

type EventOf<K extends BattleEvent['kind']> = Extract<BattleEvent, { kind: K }>;

/** One line; its wording varies with the turn and is the same for every reader. */
export function narrate(event: BattleEvent, names: Names): Text {
  switch (event.kind) {
    case 'crowd':
      return text('combat.event.crowd');
    case 'stance':
      return stance(event, names);
    case 'blow':
      return blow(event, names);
    case 'counter':
      return text(`combat.event.counter.${wording(event)}`, {
        ...actors(event.side, names),
        amount: event.amount,
      });
    case 'mark':
      return text('combat.event.mark', { effect: effectOn(event.effect, event.side, names) });
    case 'end':
      return ending(event.outcome, names);
  }
}

function actors(side: Side, names: Names): { name: TextArg; opponent: TextArg } {
  return side === 0
    ? { name: names[0], opponent: names[1] }
    : { name: names[1], opponent: names[0] };
}

function wording({ turn, side }: { readonly turn: number; readonly side: Side }): 1 | 2 | 3 {
  return ([1, 2, 3] as const)[(2 * turn + side) % 3] ?? 1;
}

function stance(event: EventOf<'stance'>, names: Names): Text {
  const { stamina, mp, technique } = event;
  return text(`combat.event.stance.${technique}`, { ...actors(event.side, names), stamina, mp });
}

function blow(event: BlowEvent, names: Names): Text {
  return text(blowKey(event), {
    ...actors(event.side, names),
    technique: techniqueText(event),
    into: text(`combat.into.${event.zone}`),
    amount: event.amount,
    effect: event.effect === null ? '' : effectOn(event.effect, event.side, names),
    drained: event.drained === 0 ? '' : text('combat.event.drained', { amount: event.drained }),
  });
}

function blowKey(event: BlowEvent): TextKey {
  const result = event.result === 'hit' && event.crit ? 'crit' : event.result;
  return `combat.event.${result}.${event.technique === null ? wording(event) : 'technique'}`;
}

function techniqueText({ technique, feintedFrom }: BlowEvent): TextArg {
  if (technique === null) return '';
  const name = text(`combat.technique.${technique}.name`);
  if (feintedFrom === null) return text('combat.event.named', { technique: name });
  return text('combat.event.feinted', {
    technique: name,
    from: text(`combat.into.${feintedFrom}`),
  });
}

function effectOn(effect: AilmentId, side: Side, names: Names): Text {
  return text(`combat.event.effect.${effect}`, { opponent: actors(side, names).opponent });
}

function ending({ winner, reason }: Outcome, names: Names): Text {
  if (winner === null) return text('combat.event.end.draw');
  return text(`combat.event.end.${reason}`, actors(winner, names));
}
