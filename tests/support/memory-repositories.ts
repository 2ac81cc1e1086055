import type { Repositories } from '../../bot/repositories.ts';
import { systemClock } from '../../bot/system.ts';
import { emptyRecord } from '../../domains/combat/character-record.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { newcomer } from '../../domains/rating/standing.ts';
import { rewardReader } from '../../domains/rewards/battle-rewards.ts';
import { memoryAdmin, memoryBroadcasts } from './memory-admin.ts';
import { MemoryBlocks } from './memory-blocks.ts';
import { MemoryBattleArchive } from './memory-battle-archive.ts';
import { MemoryCharactersRepository } from './memory-characters-repository.ts';
import { MemoryJourneys } from './memory-journeys.ts';
import { MemorySavedSessions } from './memory-saved-sessions.ts';
import { MemoryUserData } from './memory-user-data.ts';
import { MemoryUsersRepository } from './memory-users-repository.ts';

export function memoryRepositories(clock: Clock = systemClock): Repositories {
  const characters = new MemoryCharactersRepository();
  const savedSessions = new MemorySavedSessions(characters);
  const users = new MemoryUsersRepository(characters, savedSessions);
  const journeys = new MemoryJourneys((charId) => characters.find(charId), clock);
  return {
    characters,
    users,
    savedSessions,
    battles: new MemoryBattleArchive(),
    records: { recordOf: () => Promise.resolve(emptyRecord) },
    ...{ journeys, rewards: rewardReader(journeys) },
    ...{ blocks: new MemoryBlocks(), userData: new MemoryUserData() },
    ...{ admin: memoryAdmin, broadcasts: memoryBroadcasts },
    ratings: {
      ratingOf: () => Promise.resolve(newcomer),
      noticeOf: () => Promise.resolve(null),
      reliability: () => Promise.resolve([]),
    },
    pendingHandlers: { retryDue: () => Promise.resolve(0) },
  };
}
