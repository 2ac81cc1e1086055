import type { BlocksRepository } from '../domains/account/block-list.ts';
import type { CharactersRepository } from '../domains/account/characters-repository.ts';
import type { SavedSessions } from '../domains/account/saved-sessions.ts';
import type { UsersRepository } from '../domains/account/users-repository.ts';
import type { AdminStore } from '../domains/admin/admin-store.ts';
import type { BroadcastStore } from '../domains/admin/broadcast-store.ts';
import type { BattleArchive } from '../domains/combat/battle-archive.ts';
import type { PendingHandlers } from '../domains/combat/battle-handler.ts';
import type { CharacterRecords } from '../domains/combat/character-record.ts';
import type { RatingReader, RewardReader } from '../domains/combat/standings.ts';
import type { UserDataRepository } from '../domains/privacy/user-data.ts';
import type { JourneyStore } from '../domains/inventory/journey-store.ts';
import type { ReliabilityReader } from '../domains/rating/chances.ts';

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
  readonly admin: AdminStore;
  readonly broadcasts: BroadcastStore;
  readonly ratings: RatingReader & ReliabilityReader;
}
