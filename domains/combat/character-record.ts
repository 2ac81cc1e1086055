import type { ArchivedBattle, BattleResult } from './battle-archive.ts';
import type { BattleHandler } from './battle-handler.ts';

/** How a character has fought so far. */
export interface CharacterRecord {
  readonly won: number;
  readonly lost: number;
  readonly drawn: number;
  /** Equal results in a row up to now: 3 is three wins, -2 two losses; a draw ends it at 0. */
  readonly streak: number;
}

export const emptyRecord: CharacterRecord = { won: 0, lost: 0, drawn: 0, streak: 0 };

/** Where records are kept. */
export interface CharacterRecords {
  /** A character that has not fought yet has an empty one. */
  recordOf(charId: number): Promise<CharacterRecord>;
}

/** What is known of a character when a battle of theirs is counted. */
export interface RecordFacts {
  readonly charId: number;
  readonly record: CharacterRecord;
  /** Of battles that ended after this one and are counted already, the earliest first. */
  readonly later: readonly BattleResult[];
}

export interface RecordRow {
  readonly charId: number;
  readonly record: CharacterRecord;
}

/** Counts what a battle was for each of its characters. */
export const characterRecordHandler: BattleHandler<readonly RecordFacts[], readonly RecordRow[]> = {
  name: 'character_record',
  apply: (ended, before) =>
    before.flatMap(({ charId, record, later }) => {
      const result = countedResult(ended, charId);
      return result === null ? [] : [{ charId, record: withResult(record, result, later) }];
    }),
};

/** null: does not count. One's own Shadow is practice: a record is made against other characters only. */
function countedResult({ sides }: ArchivedBattle, charId: number): BattleResult | null {
  if (sides.some((side) => side.charId === null)) return null;
  return sides.find((side) => side.charId === charId)?.result ?? null;
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

/** A battle may be counted after later ones, which then stand between it and the present streak. */
function streakWith(streak: number, result: BattleResult, later: readonly BattleResult[]): number {
  const since = later.reduce(extended, 0);
  const isUnbroken = Math.abs(since) === later.length;
  // A streak that began after this battle has nothing to do with it.
  if (!isUnbroken) return streak;
  const isOwn = later.every((one) => one === result);
  return isOwn ? extended(streak, result) : since;
}

function extended(streak: number, result: BattleResult): number {
  if (result === 'drawn') return 0;
  return result === 'won' ? Math.max(streak, 0) + 1 : Math.min(streak, 0) - 1;
}
