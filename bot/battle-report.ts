import { resultScreen } from '../domains/arena/result-screen.ts';
import {
  type ArchivedBattle,
  type ArchivedSide,
  type BattleArchive,
  DamagedBattleError,
} from '../domains/combat/battle-archive.ts';
import type { Battle, Side } from '../domains/combat/battle.ts';
import type { BattleRecord, SideRecord } from '../domains/combat/battle-record.ts';
import { battleScreen } from '../domains/combat/battle-screen.ts';
import { noChoice } from '../domains/combat/battle-sides.ts';
import { nameOf } from '../domains/combat/fighter-lines.ts';
import { type ReplayStep, replayArchived } from '../domains/combat/replay.ts';
import { rulesOf } from '../domains/combat/rules/rules-of.ts';
import { kindOfSide } from '../domains/combat/side-kind.ts';
import { type Text, text } from '../domains/core/text.ts';
import type { UiPayload } from '../domains/core/ui-payload.ts';
import type { Language } from '../resources/texts/index.ts';
import { Translator } from './translator.ts';

export interface BattleReportDeps {
  readonly archive: Pick<BattleArchive, 'find'>;
  readonly id: string;
  readonly language: Language;
}

/**
 * What each player saw in a stored battle: their screen at the beginning of each turn, and the result, in Telegram's
 * HTML. Clocks, emotes, records and ratings are not stored. null: there is no such battle. Raises DamagedBattleError.
 */
export async function battleReport({
  archive,
  id,
  language,
}: BattleReportDeps): Promise<string[] | null> {
  const archived = await archive.find(id);
  if (archived === null) return null;
  const steps = replayArchived(archived);
  if (steps === null) throw new DamagedBattleError(id, 'the replay has another outcome');
  const translator = new Translator(language, { clientTime: false });
  const records = recordsOf(archived, steps);
  return records.flatMap((record, index) => {
    const title = titleOf(index + 1, records.length);
    return ([0, 1] as const)
      .filter((side) => kindOfSide(record.sides[side]) === 'character')
      .map((side) => pageOf(translator, { record, side, title }));
  });
}

interface Page {
  readonly record: BattleRecord;
  readonly side: Side;
  readonly title: Text | null;
}

function pageOf(translator: Translator, { record, side, title }: Page): string {
  const shown: UiPayload = title === null ? resultScreen(record, side) : battleScreen(record, side);
  const lines = [title ?? shown.title, null, ...shown.body];
  const name = translator.html(text('bot.report.reader', { name: nameOf(record.sides[side]) }));
  return [name, ...lines.map((line) => (line === null ? '' : translator.html(line)))].join('\n');
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
    ...{ schema: 5, version: at + 1, maxIdleTurns: 1, clockStoppedUntilMs: 0, settled: true },
    ...{ id, mode, sheets, battle, startedAtMs, matching: null, lastEvents: [] },
    ...{ turnStartedAtMs: startedAtMs, turnEndsAtMs: endedAtMs },
    inputs: inputs.slice(0, at),
    sides: [sideOf(sides[0]), sideOf(sides[1])],
    endedAtMs: at === inputs.length ? endedAtMs : null,
  };
}

function sideOf({ charId, userId, monster, name, gender, gs, ownMoves }: ArchivedSide): SideRecord {
  return {
    ...{ charId, userId, monster, name, gender, gs, ownMoves, ...noChoice },
    ...{ standing: null, rating: null, searchedMs: null, emote: null },
    ...{ pointsRemoved: 0, idleTurns: 0, returnState: 'EXPLORATION', returnStats: null },
  };
}
