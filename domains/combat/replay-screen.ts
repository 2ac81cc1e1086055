import { type Text, text } from '../core/text.ts';
import type { Button } from '../core/ui-payload.ts';
import type { Side } from './battle.ts';
import { type ArchivedBattle, isErased } from './battle-archive.ts';
import { otherSide } from './battle-session.ts';
import { type Reader, fighterLines, markedName, readerOf } from './fighter-lines.ts';
import type { HistoryAction } from './history-action.ts';
import type { HistoryPayload } from './history-screens.ts';
import { endLines, exchangeLines } from './narration.ts';
import type { ProfileAction } from './profile-action.ts';
import type { ReplayStep } from './replay.ts';
import { isWild, kindOfSide } from './side-kind.ts';

export interface ReplayFacts {
  readonly archived: ArchivedBattle;
  /** All steps, at least one. */
  readonly steps: readonly ReplayStep[];
  /** The side of the reader. */
  readonly side: Side;
  /** The step to show, from 1; the last one if there are fewer. */
  readonly step: number;
  /** Position of the battle on its page of the history, from 1. */
  readonly place: number;
}

type Row = Button<HistoryAction | ProfileAction>[];

/** One step: both moves, what came of them, and both fighters after it. */
export function replayScreen(facts: ReplayFacts): HistoryPayload {
  const { archived, steps, side } = facts;
  const at = Math.min(facts.step, steps.length);
  const shown = steps[at - 1];
  if (shown === undefined) throw new RangeError(`Battle ${archived.id} has no step ${at}`);
  const reader = readerOf(archived.sides, side);
  return {
    screen: 'replay',
    mode: archived.mode,
    title: titleOf(shown, at, steps),
    body: [
      fightersLine(facts, reader),
      text('history.replay.at', { at: { atMs: archived.endedAtMs, as: 'date' } }),
      null,
      ...stepLines(shown, facts, reader),
      null,
      ...fighterLines({ sides: archived.sides, battle: shown.battle }, side),
      ...(at === steps.length ? [null, resultLine(archived, side)] : []),
    ],
    buttons: [...stepRows(facts, at), [...opponentButton(facts), backButton(facts)]],
  };
}

function titleOf({ input }: ReplayStep, turn: number, steps: readonly ReplayStep[]): Text {
  const count = steps.filter((one) => one.input.kind === 'exchange').length;
  return input.kind === 'exchange'
    ? text('history.replay.title', { turn, count })
    : text('history.replay.title.end', { count });
}

function fightersLine({ side }: ReplayFacts, reader: Reader): Text {
  return text('history.replay.between', {
    own: markedName(side, reader),
    opponent: markedName(otherSide(side), reader),
  });
}

function stepLines(
  { input, events }: ReplayStep,
  { archived }: ReplayFacts,
  reader: Reader,
): Text[] {
  const moves = input.kind === 'exchange' ? input.moves : null;
  const isLouder = events.some(({ kind }) => kind === 'crowd');
  const crowd = text(isWild(archived) ? 'combat.crowd.wild' : 'combat.crowd');
  return [
    ...(isLouder ? [crowd] : []),
    ...exchangeLines({ moves, events }, reader),
    ...endLines(events, reader),
  ];
}

function resultLine({ sides }: ArchivedBattle, side: Side): Text {
  const { result } = sides[side];
  return text(result === 'drawn' ? 'battle.result.draw' : `battle.result.${result}`);
}

/** Buttons never move, so that they can be tapped blindly; one without a target becomes a dot. */
function stepRows(facts: ReplayFacts, at: number): Row[] {
  const last = facts.steps.length;
  if (last === 1) return [];
  const button = (key: 'first' | 'back' | 'on' | 'last', step: number): Row[number] => ({
    label: step === at ? text('history.button.nowhere') : text(`history.button.${key}`),
    action: 'history.replay',
    value: { battleId: facts.archived.id, step, place: facts.place },
  });
  return [
    [
      button('first', 1),
      button('back', Math.max(at - 1, 1)),
      button('on', Math.min(at + 1, last)),
      button('last', last),
    ],
  ];
}

/** Only a character that was not deleted has a profile. */
function opponentButton({ archived, side }: ReplayFacts): Row {
  const opponent = archived.sides[otherSide(side)];
  if (kindOfSide(opponent) !== 'character' || isErased(opponent)) return [];
  const label = text('profile.button.opponent');
  return [{ label, action: 'profile.opponent', value: { battleId: archived.id } }];
}

function backButton({ archived, place }: ReplayFacts): Row[number] {
  return {
    label: text('history.button.history'),
    action: 'history.page',
    value: { endedAtMs: archived.endedAtMs, battleId: archived.id, place },
  };
}
