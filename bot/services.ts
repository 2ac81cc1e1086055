import { AccountSessionService } from '../domains/account/account-session-service.ts';
import { type GuideDeps, guideFeature } from '../domains/account/guide-feature.ts';
import { type LobbyFeatureDeps, lobbyFeature } from '../domains/account/lobby-feature.ts';
import { LobbyService } from '../domains/account/lobby-service.ts';
import { LoginService } from '../domains/account/login-service.ts';
import {
  type OnboardingFeatureDeps,
  onboardingFeature,
} from '../domains/account/onboarding-feature.ts';
import { OnboardingService } from '../domains/account/onboarding-service.ts';
import type { AccountStore } from '../domains/account/account-store.ts';
import { UserStore } from '../domains/account/user-store.ts';
import { LogoutWorker } from '../domains/account/logout-worker.ts';
import { Presence } from '../domains/account/presence.ts';
import { SessionPersister } from '../domains/account/session-persister.ts';
import type { WriteBehindQueue } from '../domains/account/write-behind-queue.ts';
import { type ArenaFeatureDeps, arenaFeature } from '../domains/arena/arena-feature.ts';
import type { ArenaPlayer } from '../domains/arena/arena-player.ts';
import { ArenaService } from '../domains/arena/arena-service.ts';
import { ArenaSessionService } from '../domains/arena/arena-session-service.ts';
import type { ArenaRules } from '../domains/arena/matchmaking.ts';
import { BattleAnnouncer } from '../domains/arena/battle-announcer.ts';
import { firstFight } from '../domains/arena/first-fight.ts';
import { type DuelFeatureDeps, duelFeature } from '../domains/arena/duel-feature.ts';
import { DuelService } from '../domains/arena/duel-service.ts';
import { ActionRouter } from '../domains/arena/action-router.ts';
import { TapReader } from '../domains/arena/tap-reader.ts';
import { combatHelp } from '../domains/combat/combat-facts.ts';
import { CombatService } from '../domains/combat/combat-service.ts';
import { type HistoryFeatureDeps, historyFeature } from '../domains/combat/history-feature.ts';
import { HistoryService } from '../domains/combat/history-service.ts';
import { ShadowLevels } from '../domains/combat/shadow-levels.ts';
import { PendingHandlerWorker } from '../domains/combat/pending-handler-worker.ts';
import { Standings } from '../domains/combat/standings.ts';
import type { Announcer } from '../domains/core/announcer.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Feature } from '../domains/core/feature.ts';
import { type BagFeatureDeps, bagFeature } from '../domains/inventory/bag-feature.ts';
import type { InventoryStore } from '../domains/inventory/inventory-store.ts';
import { JourneyService } from '../domains/inventory/journey-service.ts';
import { Chances } from '../domains/rating/chances.ts';
import { type LadderFeatureDeps, ladderFeature } from '../domains/rating/ladder-feature.ts';
import { LadderService } from '../domains/rating/ladder-service.ts';
import { Seasons } from '../domains/rating/seasons.ts';
import { rewardReader } from '../domains/rewards/battle-rewards.ts';
import { type BoardFeatureDeps, boardFeature } from '../domains/skills/board-feature.ts';
import {
  type CharacterFeatureDeps,
  characterFeature,
} from '../domains/skills/character-feature.ts';
import {
  type TechniquesFeatureDeps,
  techniquesFeature,
} from '../domains/skills/techniques-feature.ts';
import { FeatureRegistry } from '../domains/core/feature-registry.ts';
import { homeFeature } from '../domains/core/home-feature.ts';
import type { Log } from '../domains/core/log.ts';
import type { ChatStore } from '../domains/core/chat-store.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { Wait } from '../domains/core/wait.ts';
import { SqlBattleArchive } from '../database/battle-archive.ts';
import { BattleHandlers } from '../database/battle-handlers.ts';
import { battleRating } from '../database/battle-rating.ts';
import { battleRewards } from '../database/battle-rewards.ts';
import { SqlCharacterRecords, characterRecord } from '../database/character-records.ts';
import { SqlCharactersRepository } from '../database/characters-repository.ts';
import { connectDatabase } from '../database/connect.ts';
import type { Database } from '../database/database.ts';
import type { FolderLockOptions } from '../database/folder-lock.ts';
import { SqlJourneys } from '../database/journeys-repository.ts';
import { SqlLadder } from '../database/ladder.ts';
import { SqlSeasons } from '../database/seasons.ts';
import { SqlSavedSessions } from '../database/saved-sessions.ts';
import { mapErrors } from '../database/map-errors.ts';
import { SqlRatings } from '../database/ratings.ts';
import { SqlPendingHandlers } from '../database/pending-handlers.ts';
import { SqlUsersRepository } from '../database/users-repository.ts';
import type { Connection } from '../redis/connect.ts';
import { AccountManager } from '../redis/managers/account-manager.ts';
import { ArenaManager } from '../redis/managers/arena-manager.ts';
import { BattleManager } from '../redis/managers/battle-manager.ts';
import { ChatManager } from '../redis/managers/chat-manager.ts';
import { InventoryManager } from '../redis/managers/inventory-manager.ts';
import { WriteBehindManager } from '../redis/managers/write-behind-manager.ts';
import { LadderManager } from '../redis/managers/ladder-manager.ts';
import { MemoManager } from '../redis/managers/memo-manager.ts';
import { PlayerManager } from '../redis/managers/player-manager.ts';
import type { Repositories } from './repositories.ts';
import type { Settings } from './settings.ts';
import { type Ports, systemClock } from './system.ts';
import { systemTiming } from './timing.ts';

/** The stores that the outbox needs as well. */
export interface Stores {
  readonly players: UserStore;
  readonly chats: ChatStore;
  readonly memos: MemoStore;
  readonly writeBehind: WriteBehindQueue;
}

export function openStores(
  { client }: Connection,
  { log, clock, repositories }: Pick<ServicesOptions, 'log' | 'clock' | 'repositories'>,
): Stores {
  const hot = new PlayerManager({ client, log });
  const writeBehind = new WriteBehindManager({ client, clock });
  const players = new UserStore({ hot, users: repositories.users, writeBehind, clock, log });
  const chats = new ChatManager({ client, log });
  return { players, writeBehind, chats, memos: new MemoManager({ client, log }) };
}

export interface OpenRepositories {
  readonly repositories: Repositories;
  /** Whether an error means that the database is unavailable. */
  readonly isUnavailable: (error: unknown) => boolean;
  readonly close: () => Promise<void>;
}

export async function openRepositories(
  { DATABASE_URL: url, DATA_DIR: dataDir }: Settings,
  { log, clock, onFolderLost }: FolderLockOptions & { readonly clock: Clock },
): Promise<OpenRepositories> {
  const database = await connectDatabase({ url, dataDir, log, onFolderLost });
  const { db, isUnavailable } = database;
  const close = () => database.close();
  return { repositories: repositoriesOn(db, log, clock), isUnavailable, close };
}

/** What follows from an ended battle, in this order. */
const battleHandlers = [characterRecord, battleRewards, battleRating];

export function repositoriesOn(db: Database, log: Log, clock: Clock = systemClock): Repositories {
  const handlers = new BattleHandlers({ handlers: battleHandlers, clock, log });
  const journeys = mapErrors(new SqlJourneys({ db, clock }));
  return {
    users: mapErrors(new SqlUsersRepository({ db, log })),
    characters: mapErrors(new SqlCharactersRepository(db)),
    savedSessions: mapErrors(new SqlSavedSessions({ db, log })),
    battles: mapErrors(new SqlBattleArchive(db, handlers)),
    records: mapErrors(new SqlCharacterRecords(db)),
    ...{ journeys, rewards: rewardReader(journeys), ratings: mapErrors(new SqlRatings(db)) },
    ...{ ladder: mapErrors(new SqlLadder(db)), seasons: mapErrors(new SqlSeasons(db)) },
    pendingHandlers: mapErrors(new SqlPendingHandlers({ db, handlers: battleHandlers, clock })),
  };
}

export interface Services {
  readonly features: FeatureRegistry<ArenaPlayer>;
  readonly router: ActionRouter;
  readonly taps: TapReader;
  readonly arena: ArenaService;
  readonly combat: CombatService;
  readonly sessions: ArenaSessionService;
  readonly accounts: AccountStore;
  readonly logout: LogoutWorker;
  readonly handlers: PendingHandlerWorker;
  readonly seasons: Seasons;
  readonly ladders: LadderService;
  readonly players: UserStore;
  readonly memos: MemoStore;
}

export interface ServicesOptions extends Required<Omit<Ports, 'timing'>>, Stores {
  readonly settings: Settings;
  /** Not the outbox's timing: a test speeds up Telegram, not its database. */
  readonly wait?: Wait;
  readonly announcer: Announcer;
  /** Features beside the shipped ones. */
  readonly features?: readonly Feature<ArenaPlayer>[];
}

export function buildServices(redis: Connection, options: ServicesOptions): Services {
  const { log, clock, entropy, settings, announcer, players, memos, repositories } = options;
  const { wait = systemTiming.wait, features: more = [] } = options;
  const { ARENA_IDLE_TURNS: maxIdleTurns } = settings;
  const { accounts, queues, battles, inventories } = managersOn(redis, options);
  const sessions = new ArenaSessionService({
    ...{ arena: queues, accounts, clock, entropy, rules: arenaRulesOf(settings) },
    findBattle: (battleId: string) => combat.find(battleId),
  });
  const { seasons, ladders } = ladderServices(redis, options);
  const { standings, ...readers } = battleReaders({ ...options, ladders, wait });
  const combat: CombatService = new CombatService({
    ...{ battles, archive: repositories.battles, accounts, seats: queues, clock, log, wait },
    restore: (charId) => account.live.getOrRestore(charId),
    ...{ observer: new BattleAnnouncer(announcer, standings), rules: battleRulesOf(settings) },
  });
  const isBusy = (charId: number) => features.occupies(charId);
  const account = accountServices({
    ...{ ...options, accounts, inventories, isBusy, ...placesIn(sessions, combat) },
  });
  const arena: ArenaService = new ArenaService({
    ...{ ...account, sessions, combat, accounts, queues, announcer, clock, entropy, log },
    ...{ ...readers, standings },
    currentScreen: (charId) => router.screenOf(charId),
  });
  const shipped = shippedFeatures({
    ...{ ...options, ...repositories, ...account, accounts, inventories },
    ...{ arena, sessions, ladders, maxIdleTurns },
    history: new HistoryService({ archive: repositories.battles, clock, log }),
    duel: new DuelService({ combat, standings, players }),
    firstScreen: firstFight({ ...account, arena, isBusy, log }),
    help: combatHelp(),
  });
  const features: FeatureRegistry<ArenaPlayer> = new FeatureRegistry([...shipped, ...more]);
  const router = new ActionRouter({ ...account, players, sessions, features, accounts, ladders });
  const taps = new TapReader({ features, players, combat, accounts, sessions });
  const handlers = new PendingHandlerWorker({ pending: repositories.pendingHandlers, clock, log });
  const domain = { features, router, taps, arena, combat, sessions, handlers, seasons, ladders };
  return { ...domain, accounts, logout: account.logout, players, memos };
}

/** What the screens of battles show from the database. */
interface ReaderDeps extends ServicesOptions {
  readonly ladders: LadderService;
  readonly wait: Wait;
}

function battleReaders({ repositories, ...rest }: ReaderDeps) {
  const deps = { ...repositories, ...rest };
  return {
    standings: new Standings(deps),
    chances: new Chances(deps),
    levels: new ShadowLevels({ ...deps, archive: repositories.battles }),
  };
}

function managersOn({ client, documents }: Connection, options: ServicesOptions) {
  const { log, clock, settings, writeBehind } = options;
  const onChange = (charId: number) => writeBehind.markDirty('session', charId);
  return {
    accounts: new AccountManager({ client, documents, log, onChange }),
    queues: new ArenaManager({ client, clock, log, requestTtlS: settings.ARENA_REQUEST_TTL_S }),
    battles: new BattleManager({ client, log }),
    inventories: new InventoryManager({ client, log }),
  };
}

function ladderServices({ client }: Connection, options: ServicesOptions) {
  const { repositories, settings, clock, log } = options;
  const weeks = settings.ARENA_SEASON_WEEKS;
  const seasons = new Seasons({ seasons: repositories.seasons, clock, log, weeks });
  const lists = new LadderManager(client);
  const ladders = new LadderService({ ladder: repositories.ladder, lists, seasons, clock, log });
  return { seasons, ladders };
}

type FeatureDeps = LobbyFeatureDeps &
  OnboardingFeatureDeps &
  GuideDeps &
  ArenaFeatureDeps &
  DuelFeatureDeps &
  CharacterFeatureDeps &
  BagFeatureDeps &
  TechniquesFeatureDeps &
  BoardFeatureDeps &
  LadderFeatureDeps &
  HistoryFeatureDeps;

/** A feature is a folder of its domain and a line here. */
function shippedFeatures(services: FeatureDeps): readonly Feature<ArenaPlayer>[] {
  return [
    homeFeature,
    onboardingFeature(services),
    lobbyFeature(services),
    duelFeature(services),
    arenaFeature(services),
    characterFeature(services),
    bagFeature(services),
    techniquesFeature(services),
    boardFeature(services),
    ladderFeature(services),
    historyFeature(services),
    guideFeature(services),
  ];
}

function battleRulesOf({ ARENA_TURN_S: turnS, ARENA_IDLE_TURNS: maxIdleTurns }: Settings) {
  return { turnMs: turnS * 1000, maxIdleTurns };
}

function arenaRulesOf(settings: Settings): ArenaRules {
  return {
    widening: settings.ARENA_WIDENING,
    shadowAfterMs: settings.ARENA_SHADOW_AFTER_S * 1000,
    requestTtlMs: settings.ARENA_REQUEST_TTL_S * 1000,
  };
}

/** What sessions must know of the arena. */
function placesIn(sessions: ArenaSessionService, combat: CombatService) {
  return {
    /** Finds the battle of a character's seat, if they still fight in it. */
    async runningBattle(charId: number, userId: number): Promise<string | null> {
      const place = await sessions.getQueueStatus(charId, userId);
      if (place.kind !== 'seated') return null;
      return (await combat.isFighting({ charId, userId }, place.battleId)) ? place.battleId : null;
    },
    async leaveArena(charId: number, userId: number | null): Promise<void> {
      const battleId = await sessions.leaveArena(charId, userId);
      // The opponent need not wait until idleness ends the battle.
      if (battleId !== null) await combat.surrender(charId, battleId);
    },
  };
}

interface AccountDeps extends ServicesOptions {
  readonly accounts: AccountStore;
  readonly inventories: InventoryStore;
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly runningBattle: (charId: number, userId: number) => Promise<string | null>;
  readonly leaveArena: (charId: number, userId: number | null) => Promise<void>;
}

function accountServices({ repositories, settings, ...rest }: AccountDeps) {
  const deps = { ...repositories, ...rest };
  const rules = {
    saveAfterMs: settings.ARENA_SAVE_S * 1000,
    idleAfterMs: settings.ARENA_IDLE_H * 3_600_000,
  };
  const presence = new Presence(deps);
  const live = new AccountSessionService({ ...deps, presence });
  const persister = new SessionPersister(deps);
  const lobby = new LobbyService({ ...deps, sessions: live });
  const login = new LoginService({ ...deps, lobby, sessions: live, persister, presence });
  const onboarding = new OnboardingService({ ...deps, lobby, sessions: live });
  const logout = new LogoutWorker({ ...deps, persister, rules });
  const journey = new JourneyService({ ...deps, lobby });
  return { login, lobby, onboarding, live, logout, journey };
}
