import type { ArchivedBattle, ArchivedSide } from '../combat/battle-archive.ts';
import type { Battle, Side } from '../combat/battle.ts';
import type { BattleRecord, SideRecord } from '../combat/battle-record.ts';
import { battleScreen } from '../combat/battle-screen.ts';
import { noChoice } from '../combat/battle-sides.ts';
import { nameOf } from '../combat/fighter-lines.ts';
import type { ReplayStep } from '../combat/replay.ts';
import { rulesOf } from '../combat/rules/rules-of.ts';
import { kindOfSide } from '../combat/side-kind.ts';
import { type Text, text } from '../core/text.ts';
import { resultScreen } from './result-screen.ts';

/** The lines that a player saw, below a line with their name. */
export type BattleView = readonly (Text | null)[];

/**
 * What each player saw in a stored battle: for the beginning of each turn, then for the result, the views of its one or two
 * players. Clocks, emotes, records and ratings are not stored.
 */
export function battleViews(
  archived: ArchivedBattle,
  steps: readonly ReplayStep[],
): readonly (readonly BattleView[])[] {
  const records = recordsOf(archived, steps);
  return records.map((record, index) => {
    const title = titleOf(index + 1, records.length);
    return ([0, 1] as const)
      .filter((side) => kindOfSide(record.sides[side]) === 'character')
      .map((side) => viewOf(record, side, title));
  });
}

function viewOf(record: BattleRecord, side: Side, title: Text | null): BattleView {
  const shown = title === null ? resultScreen(record, side) : battleScreen(record, side);
  const reader = text('bot.report.reader', { name: nameOf(record.sides[side]) });
  return [reader, title ?? shown.title, null, ...shown.body];
}

/** null for the last record, which is of the ended battle. */
function titleOf(turn: number, count: number): Text | null {
  return turn === count ? null : text('history.replay.title', { turn, count: count - 1 });
}

/** The battle before each step, and after the last one. */
function recordsOf(archived: ArchivedBattle, steps: readonly ReplayStep[]): BattleRecord[] {
  const { rules, seed, sheets } = archived;
  const start = recordOf(archived, { battle: rulesOf(rules).startBattle(seed, sheets), at: 0 });
  return [
    start,
    ...steps.map(({ battle, events }, index) => ({
      ...recordOf(archived, { battle, at: index + 1 }),
      lastEvents: [...events],
    })),
  ];
}

function recordOf(
  archived: ArchivedBattle,
  { battle, at }: { readonly battle: Battle; readonly at: number },
): BattleRecord {
  const { id, mode, sheets, inputs, startedAtMs, endedAtMs, sides } = archived;
  return {
    schema: 5,
    version: at + 1,
    maxIdleTurns: 1,
    clockStoppedUntilMs: 0,
    settled: true,
    id,
    mode,
    sheets,
    battle,
    startedAtMs,
    matching: null,
    lastEvents: [],
    turnStartedAtMs: startedAtMs,
    turnEndsAtMs: endedAtMs,
    inputs: inputs.slice(0, at),
    sides: [sideOf(sides[0]), sideOf(sides[1])],
    endedAtMs: at === inputs.length ? endedAtMs : null,
  };
}

function sideOf({ charId, userId, monster, name, gender, gs, ownMoves }: ArchivedSide): SideRecord {
  return {
    charId,
    userId,
    monster,
    name,
    gender,
    gs,
    ownMoves,
    ...noChoice,
    standing: null,
    rating: null,
    searchedMs: null,
    emote: null,
    pointsRemoved: 0,
    idleTurns: 0,
    returnState: 'EXPLORATION',
    returnStats: null,
  };
}
