import { type Text, text } from '../core/text.ts';
import type { Button } from '../core/ui-payload.ts';
import type { Move, Side } from './battle.ts';
import type { ArchivedBattle } from './battle-archive.ts';
import { fighterLines, markedNames } from './battle-screen.ts';
import { otherSide } from './battle-session.ts';
import type { HistoryAction } from './history-action.ts';
import type { HistoryPayload } from './history-screens.ts';
import { narrate } from './narration.ts';
import type { ReplayStep } from './replay.ts';

/** A reader in the midst of a battle that has long ended. */
export interface ReplayFacts {
  readonly archived: ArchivedBattle;
  /** All of them: at least one. */
  readonly steps: readonly ReplayStep[];
  /** The reader's own. */
  readonly side: Side;
  /** Which step he looks at, from 1; whatever lies beyond the end is the end. */
  readonly step: number;
  /** Where on its page of the history the battle stands. */
  readonly place: number;
}

type Row = Button<HistoryAction>[];

/** One step of a battle: what both did, what came of it, and how both stood after it. */
export function replayScreen(facts: ReplayFacts): HistoryPayload {
  const { archived, steps, side } = facts;
  const at = Math.min(facts.step, steps.length);
  const shown = steps[at - 1];
  if (shown === undefined) throw new RangeError(`Battle ${archived.id} has no step ${at}`);
  const names = markedNames(archived.sides, side);
  return {
    screen: 'replay',
    mode: archived.mode,
    title: titleOf(shown, at, steps),
    body: [
      between(facts, names),
      null,
      ...moveLines(shown, side, names),
      ...shown.events.map((event) => narrate(event, names)),
      null,
      ...fighterLines({ sides: archived.sides, battle: shown.battle }, side),
      ...(at === steps.length ? [null, verdict(archived, side)] : []),
    ],
    buttons: [...stepRows(facts, at), [backButton(facts)]],
  };
}

function titleOf({ input }: ReplayStep, turn: number, steps: readonly ReplayStep[]): Text {
  const count = steps.filter((one) => one.input.kind === 'exchange').length;
  return input.kind === 'exchange'
    ? text('history.replay.title', { turn, count })
    : text('history.replay.title.end', { count });
}

function between({ archived, side }: ReplayFacts, names: readonly [Text, Text]): Text {
  return text('history.replay.between', {
    own: names[side],
    foe: names[otherSide(side)],
    at: { atMs: archived.endedAtMs, as: 'date' },
  });
}

/** What both chose, one's own first; nothing where somebody gave up instead. */
function moveLines(
  { input }: ReplayStep,
  side: Side,
  names: readonly [Text, Text],
): (Text | null)[] {
  if (input.kind === 'forfeit') return [];
  const foe = otherSide(side);
  return [moveLine(input.moves[side], names[side]), moveLine(input.moves[foe], names[foe]), null];
}

function moveLine({ strike, guard, technique }: Move, name: Text): Text {
  const chosen = {
    name,
    strike: text(`combat.zone.${strike}`),
    guard: text(`combat.guard.${guard}`),
  };
  if (technique === null) return text('history.replay.move', chosen);
  return text('history.replay.move.technique', {
    ...chosen,
    technique: text(`combat.technique.${technique}.name`),
  });
}

function verdict({ sides }: ArchivedBattle, side: Side): Text {
  switch (sides[side].result) {
    case 'won':
      return text('battle.result.won');
    case 'lost':
      return text('battle.result.lost');
    case 'drawn':
      return text('battle.result.draw');
  }
}

/**
 * Every button always in its place, for a thumb that does not look; where one would lead nowhere
 * there is a dot, which leads to where one is.
 */
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

function backButton({ archived, place }: ReplayFacts): Row[number] {
  return {
    label: text('history.button.history'),
    action: 'history.page',
    value: { endedAtMs: archived.endedAtMs, battleId: archived.id, place },
  };
}
