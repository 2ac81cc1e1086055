import type { BlocksRepository } from '../domains/account/block-list.ts';
import type { CharactersRepository } from '../domains/account/characters-repository.ts';
import type { SavedSessions } from '../domains/account/saved-sessions.ts';
import type { UsersRepository } from '../domains/account/users-repository.ts';
import type { BattleArchive } from '../domains/combat/battle-archive.ts';
import type { PendingHandlers } from '../domains/combat/battle-handler.ts';
import type { CharacterRecords } from '../domains/combat/character-record.ts';
import type { AchievementReader, RatingReader, RewardReader } from '../domains/combat/standings.ts';
import type { RetentionStore } from '../domains/privacy/retention.ts';
import type { UserDataRepository } from '../domains/privacy/user-data.ts';
import type { JourneyStore } from '../domains/inventory/journey-store.ts';
import type { BoostingFlags } from '../domains/rating/boosting-review.ts';
import type { ProfileReader } from '../domains/profile/profiles.ts';
import type { ReliabilityReader } from '../domains/rating/chances.ts';
import type { LadderStore } from '../domains/rating/ladder.ts';
import type { SeasonStore } from '../domains/rating/season.ts';
import type { PauseReader } from '../domains/rating/leaver-pauses.ts';

export interface Repositories {
  readonly users: UsersRepository;
  readonly characters: CharactersRepository;
  readonly savedSessions: SavedSessions;
  readonly battles: BattleArchive;
  readonly records: CharacterRecords;
  readonly pendingHandlers: PendingHandlers;
  readonly journeys: JourneyStore;
  readonly rewards: RewardReader;
  readonly blocks: BlocksRepository;
  readonly userData: UserDataRepository;
  readonly retention: RetentionStore;
  readonly ratings: RatingReader & ReliabilityReader;
  readonly ladder: LadderStore;
  readonly seasons: SeasonStore;
  readonly pauses: PauseReader;
  readonly flags: BoostingFlags;
  readonly profiles: ProfileReader & AchievementReader;
}
