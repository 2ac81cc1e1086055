import type { Clock } from '../domains/core/clock.ts';
import { rewardReader } from '../domains/rewards/battle-rewards.ts';
import type { Log } from '../domains/core/log.ts';
import { SqlAdmin } from '../database/admin.ts';
import { SqlAnnouncements } from '../database/announcements.ts';
import { SqlBalance } from '../database/balance.ts';
import { SqlBattleArchive } from '../database/battle-archive.ts';
import { BattleHandlers } from '../database/battle-handlers.ts';
import { battleProfile } from '../database/battle-profile.ts';
import { battleRating } from '../database/battle-rating.ts';
import { battleRewards } from '../database/battle-rewards.ts';
import { SqlBlocks } from '../database/blocks-repository.ts';
import { SqlBoostingFlags } from '../database/boosting-flags.ts';
import { SqlBroadcasts } from '../database/broadcasts.ts';
import { SqlCharacterRecords, characterRecord } from '../database/character-records.ts';
import { SqlCharactersRepository } from '../database/characters-repository.ts';
import { connectDatabase } from '../database/connect.ts';
import type { Database } from '../database/database.ts';
import type { FolderLockOptions } from '../database/folder-lock.ts';
import { SqlFlagReview } from '../database/flag-review.ts';
import { pingDatabase } from '../database/ping-database.ts';
import { SqlLeaverPauses, leaverPause } from '../database/leaver-pause.ts';
import { SqlJourneys } from '../database/journeys-repository.ts';
import { SqlSavedSessions } from '../database/saved-sessions.ts';
import { mapErrors } from '../database/map-errors.ts';
import { SqlLadder } from '../database/ladder.ts';
import { SqlProfiles } from '../database/profiles.ts';
import { SqlRatings } from '../database/ratings.ts';
import { SqlSeasons } from '../database/seasons.ts';
import { SqlPendingHandlers } from '../database/pending-handlers.ts';
import { SqlRetention } from '../database/retention.ts';
import { SqlUserData } from '../database/user-data.ts';
import { SqlUsersRepository } from '../database/users-repository.ts';
import { DatabaseCopies } from './database-copies.ts';
import { wildRewards } from '../database/wild-rewards.ts';
import type { DatabaseHealth } from './operations/readiness.ts';
import type { Repositories } from './repositories.ts';
import type { Settings } from './settings.ts';
import { systemClock } from './system.ts';

const HOUR_MS = 3_600_000;

export interface OpenRepositories {
  readonly repositories: Repositories;
  /** Whether an error means that the database is unavailable. */
  readonly isUnavailable: (error: unknown) => boolean;
  readonly health: DatabaseHealth;
  /** Null where the database makes no copies of itself. */
  readonly copies: DatabaseCopies | null;
  readonly close: () => Promise<void>;
}

export async function openRepositories(
  { DATABASE_URL: url, DATA_DIR: dataDir, ARENA_COPY_H: copyH }: Settings,
  { log, clock, onFolderLost }: FolderLockOptions & { readonly clock: Clock },
): Promise<OpenRepositories> {
  const database = await connectDatabase({ url, dataDir, log, onFolderLost });
  const { db, isUnavailable } = database;
  const copies =
    database.copies === null || copyH === 0
      ? null
      : new DatabaseCopies({ copies: database.copies, everyMs: copyH * HOUR_MS, clock, log });
  const close = async () => {
    await copies?.make().catch((error: unknown) => {
      log.error({ err: error }, 'last copy of database failed');
    });
    await database.close();
  };
  const health = { ping: () => pingDatabase(db, isUnavailable), isAway: () => database.isAway() };
  return { repositories: repositoriesOn(db, log, clock), isUnavailable, health, copies, close };
}

/** What follows from an ended battle, in this order. */
const battleHandlers = [
  characterRecord,
  battleRewards,
  wildRewards,
  battleRating,
  leaverPause,
  battleProfile,
];

export function repositoriesOn(db: Database, log: Log, clock: Clock = systemClock): Repositories {
  const handlers = new BattleHandlers({ handlers: battleHandlers, clock, log });
  const journeys = mapErrors(new SqlJourneys({ db, clock }));
  return {
    users: mapErrors(new SqlUsersRepository({ db, log })),
    characters: mapErrors(new SqlCharactersRepository(db)),
    savedSessions: mapErrors(new SqlSavedSessions({ db, log })),
    battles: mapErrors(new SqlBattleArchive(db, handlers)),
    records: mapErrors(new SqlCharacterRecords(db)),
    journeys,
    rewards: rewardReader(journeys),
    blocks: mapErrors(new SqlBlocks(db)),
    admin: mapErrors(new SqlAdmin({ db, clock })),
    announcements: mapErrors(new SqlAnnouncements({ db, clock })),
    balance: mapErrors(new SqlBalance(db)),
    flagReview: mapErrors(new SqlFlagReview({ db, clock })),
    broadcasts: mapErrors(new SqlBroadcasts({ db, clock })),
    ratings: mapErrors(new SqlRatings(db)),
    ladder: mapErrors(new SqlLadder(db)),
    seasons: mapErrors(new SqlSeasons(db)),
    pauses: mapErrors(new SqlLeaverPauses(db)),
    flags: mapErrors(new SqlBoostingFlags(db)),
    profiles: mapErrors(new SqlProfiles(db)),
    retention: mapErrors(new SqlRetention(db)),
    userData: mapErrors(new SqlUserData({ db, clock })),
    pendingHandlers: mapErrors(new SqlPendingHandlers({ db, handlers: battleHandlers, clock })),
  };
}
