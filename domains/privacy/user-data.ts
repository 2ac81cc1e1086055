import { z } from 'zod';
import {
  BATTLE_RECORD_DAYS,
  EXPORTED_BATTLES,
  KEPT_DAYS,
} from '../../resources/numbers/privacy.ts';
import { keptSchema } from './kept.ts';

export {
  BATTLE_RECORD_DAYS as battleRecordDays,
  EXPORTED_BATTLES as exportedBattles,
  KEPT_DAYS as keptDays,
};

const row = z.record(z.string(), z.json());
const rows = z.array(row);

/**
 * The document of `/mydata`. Rows have the columns of their table; tables of later releases are added to `tables`
 * without another `format`.
 */
export const userDataSchema = z.strictObject({
  format: z.literal(1),
  made_at: z.iso.datetime(),
  user_id: z.int(),
  tables: z
    .object({
      users: rows,
      characters: rows,
      saved_sessions: rows,
      journeys: rows,
      grants: rows,
      items: rows,
      wallet_transactions: rows,
      skill_progress: rows,
      character_records: rows,
      blocks: rows,
    })
    .catchall(rows),
  /** Latest first, with both sides; of the opponent neither user nor character number. */
  battles: z.array(z.looseObject({ id: z.string(), sides: rows })),
  /** What was kept of an erasure and does not apply yet. */
  kept: keptSchema,
  /** What Redis holds about the user, by its key. */
  live: z.record(z.string(), z.json()),
});
export type UserData = z.infer<typeof userDataSchema>;
export type StoredUserData = Pick<UserData, 'tables' | 'battles' | 'kept'>;

/** What belongs to a user, to find what Redis holds of it. */
export interface Subject {
  readonly userId: number;
  /** Deleted characters as well. */
  readonly charIds: readonly number[];
  /** Battles that Redis may still hold. */
  readonly battleIds: readonly string[];
  /** The other characters of these. */
  readonly opponentIds: readonly number[];
}

/** All of a user in the database. */
export interface UserDataRepository {
  subjectOf(userId: number): Promise<Subject>;
  read(userId: number): Promise<StoredUserData>;
  /** In one transaction. Battles stay, without name and numbers of the user. */
  erase(userId: number): Promise<void>;
  /** Ends what has been kept long enough; answers how many rows ended. */
  forgetKept(): Promise<number>;
}

/** All of a user in Redis. */
export interface UserKeys {
  read(subject: Subject): Promise<UserData['live']>;
  erase(subject: Subject): Promise<void>;
}
