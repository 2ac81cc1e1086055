import type { Repositories } from '../../bot/repositories.ts';
import { systemClock } from '../../bot/system.ts';
import { emptyRecord } from '../../domains/combat/character-record.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { newcomer } from '../../domains/rating/standing.ts';
import type { LadderStore } from '../../domains/rating/ladder.ts';
import type { SeasonStore } from '../../domains/rating/season.ts';
import { rewardReader } from '../../domains/rewards/battle-rewards.ts';
import {
  memoryAdmin,
  memoryAnnouncements,
  memoryBroadcasts,
  memoryFlagReview,
} from './memory-admin.ts';
import { MemoryBlocks } from './memory-blocks.ts';
import { MemoryBattleArchive } from './memory-battle-archive.ts';
import { MemoryCharactersRepository } from './memory-characters-repository.ts';
import { MemoryJourneys } from './memory-journeys.ts';
import { MemorySavedSessions } from './memory-saved-sessions.ts';
import { MemoryUserData } from './memory-user-data.ts';
import { MemoryUsersRepository } from './memory-users-repository.ts';

/** Lists without rows. */
export const noLadder: LadderStore = {
  view: () => Promise.resolve({ best: [], around: [] }),
  countAbove: () => Promise.resolve(0),
  standingIn: () => Promise.resolve(null),
  standingsOf: () => Promise.resolve([]),
  afterBattle: () => Promise.resolve(null),
  entries: () => Promise.resolve([]),
  showEnd: () => Promise.resolve(null),
};

/** One season that does not end. */
export const oneSeason: SeasonStore = {
  list: () => Promise.resolve([{ number: 0, startedAtMs: 0, endsAtMs: null, closedAtMs: null }]),
  setEnd: () => Promise.resolve(),
  close: () => Promise.resolve(false),
};

export function memoryRepositories(clock: Clock = systemClock): Repositories {
  const characters = new MemoryCharactersRepository();
  const savedSessions = new MemorySavedSessions(characters);
  const users = new MemoryUsersRepository(characters, savedSessions);
  const journeys = new MemoryJourneys(
    (charId) => characters.find(charId),
    clock,
    (charId, earned) => characters.update(charId, earned),
  );
  return {
    characters,
    users,
    savedSessions,
    battles: new MemoryBattleArchive(),
    records: { recordOf: () => Promise.resolve(emptyRecord) },
    journeys,
    rewards: rewardReader(journeys),
    blocks: new MemoryBlocks(),
    userData: new MemoryUserData(),
    retention: {
      deleteBattles: () => Promise.resolve(0),
      idleUsers: () => Promise.resolve([]),
    },
    admin: memoryAdmin,
    broadcasts: memoryBroadcasts,
    flagReview: memoryFlagReview,
    balance: { countsSince: () => Promise.resolve({ archetypes: [], techniques: [] }) },
    announcements: memoryAnnouncements,
    ratings: {
      ratingOf: () => Promise.resolve(newcomer),
      noticeOf: () => Promise.resolve(null),
      reliability: () => Promise.resolve([]),
    },
    ladder: noLadder,
    seasons: oneSeason,
    pauses: { pausedUntil: () => Promise.resolve(null) },
    flags: { review: () => Promise.resolve(0) },
    profiles: {
      profileOf: () => Promise.resolve(null),
      curveOf: () => Promise.resolve([]),
      grantedIn: () => Promise.resolve([]),
    },
    pendingHandlers: { retryDue: () => Promise.resolve(0) },
  };
}
