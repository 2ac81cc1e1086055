import type { ArchivedBattle, BattleResult } from './battle-archive.ts';
import type { BattleHandler } from './battle-handler.ts';
import { isDuel } from './side-kind.ts';

export interface CharacterRecord {
  readonly won: number;
  readonly lost: number;
  readonly drawn: number;
  /** Equal results in a row: 3 is three wins, -2 two losses, 0 after a draw. */
  readonly streak: number;
}

export const emptyRecord: CharacterRecord = { won: 0, lost: 0, drawn: 0, streak: 0 };

export interface CharacterRecords {
  /** The empty record if the character has not fought yet. */
  recordOf(charId: number): Promise<CharacterRecord>;
}

export interface RecordFacts {
  readonly charId: number;
  readonly record: CharacterRecord;
  /** Results of battles that ended later and are counted already, the earliest first. */
  readonly later: readonly BattleResult[];
}

export interface RecordRow {
  readonly charId: number;
  readonly record: CharacterRecord;
}

/** Counts the result of a battle for each of its characters. */
export const characterRecordHandler: BattleHandler<readonly RecordFacts[], readonly RecordRow[]> = {
  name: 'character_record',
  apply: (ended, before) =>
    before.flatMap(({ charId, record, later }) => {
      const result = countedResult(ended, charId);
      return result === null ? [] : [{ charId, record: withResult(record, result, later) }];
    }),
};

/** null: does not count; only duels do. */
function countedResult(ended: ArchivedBattle, charId: number): BattleResult | null {
  if (!isDuel(ended)) return null;
  return ended.sides.find((side) => side.charId === charId)?.result ?? null;
}

function withResult(
  record: CharacterRecord,
  result: BattleResult,
  later: readonly BattleResult[],
): CharacterRecord {
  const { won, lost, drawn } = record;
  const counted = { won, lost, drawn, [result]: record[result] + 1 };
  return { ...counted, streak: streakWith(record.streak, result, later) };
}

/** A battle may be counted after later ones, which then lie between it and the current streak. */
function streakWith(streak: number, result: BattleResult, later: readonly BattleResult[]): number {
  const since = later.reduce(extended, 0);
  const isUnbroken = Math.abs(since) === later.length;
  // The current streak began after this battle.
  if (!isUnbroken) return streak;
  const isOwn = later.every((one) => one === result);
  return isOwn ? extended(streak, result) : since;
}

function extended(streak: number, result: BattleResult): number {
  if (result === 'drawn') return 0;
  return result === 'won' ? Math.max(streak, 0) + 1 : Math.min(streak, 0) - 1;
}
