import { AccountSessionService } from '../domains/account/account-session-service.ts';
import { LobbyService } from '../domains/account/lobby-service.ts';
import { LoginService } from '../domains/account/login-service.ts';
import { OnboardingService } from '../domains/account/onboarding-service.ts';
import type { AccountStore } from '../domains/account/account-store.ts';
import type { UserStore } from '../domains/account/user-store.ts';
import { LogoutWorker } from '../domains/account/logout-worker.ts';
import { Presence } from '../domains/account/presence.ts';
import { SessionPersister } from '../domains/account/session-persister.ts';
import type { ArenaPlayer } from '../domains/arena/arena-player.ts';
import { type ArenaDeps, ArenaService } from '../domains/arena/arena-service.ts';
import { ArenaSessionService } from '../domains/arena/arena-session-service.ts';
import { type ArenaFigures, readArenaFigures } from '../domains/arena/arena-figures.ts';
import type { ArenaRules } from '../domains/arena/matchmaking.ts';
import { SearchForecast, type SearchLog } from '../domains/arena/search-forecast.ts';
import { SearchRecorder } from '../domains/arena/search-recorder.ts';
import { BattleAnnouncer } from '../domains/arena/battle-announcer.ts';
import type { Drain } from '../domains/arena/drain.ts';
import { ArenaWildBattles } from '../domains/arena/wild-battles.ts';
import { ActionRouter } from '../domains/arena/action-router.ts';
import { TapReader } from '../domains/arena/tap-reader.ts';
import { BattleRecorder } from '../domains/combat/battle-recorder.ts';
import type { TurnRules } from '../domains/combat/battle-session.ts';
import { CombatService } from '../domains/combat/combat-service.ts';
import { ShadowLevels } from '../domains/combat/shadow-levels.ts';
import { PendingHandlerWorker } from '../domains/combat/pending-handler-worker.ts';
import { Standings } from '../domains/combat/standings.ts';
import type { WildBattles } from '../domains/combat/wild-battles.ts';
import type { Announcements } from '../domains/admin/announcements.ts';
import type { Bans } from '../domains/admin/bans.ts';
import type { Announcer } from '../domains/core/announcer.ts';
import type { Messenger } from '../domains/core/messenger.ts';
import type { Feature } from '../domains/core/feature.ts';
import type { InventoryStore } from '../domains/inventory/inventory-store.ts';
import { JourneyService } from '../domains/inventory/journey-service.ts';
import { BoostingReview } from '../domains/rating/boosting-review.ts';
import { Chances } from '../domains/rating/chances.ts';
import { LadderService } from '../domains/rating/ladder-service.ts';
import { Seasons } from '../domains/rating/seasons.ts';
import { LeaverPauses } from '../domains/rating/leaver-pauses.ts';
import { ExplorationService } from '../domains/exploration/exploration-service.ts';
import { checkScenarios } from '../domains/scenario/proof.ts';
import { StoryService } from '../domains/story/story-service.ts';
import { checkPlaces } from '../domains/exploration/places.ts';
import { FeatureRegistry } from '../domains/core/feature-registry.ts';
import { type Metrics, noMetrics } from '../domains/core/metrics.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { Wait } from '../domains/core/wait.ts';
import type { Connection } from '../redis/connect.ts';
import { AccountManager } from '../redis/managers/account-manager.ts';
import { ArenaManager } from '../redis/managers/arena-manager.ts';
import { BattleManager } from '../redis/managers/battle-manager.ts';
import { InventoryManager } from '../redis/managers/inventory-manager.ts';
import { SearchesManager } from '../redis/managers/searches-manager.ts';
import { LadderManager } from '../redis/managers/ladder-manager.ts';
import { privacyServices } from './privacy-services.ts';
import { adminServices } from './admin-services.ts';
import type { Settings } from './settings.ts';
import type { Ports } from './system.ts';
import type { Stores } from './stores.ts';
import { systemTiming } from './timing.ts';
import { shippedFeatures } from './shipped-features.ts';

export interface Services {
  readonly features: FeatureRegistry<ArenaPlayer>;
  readonly router: ActionRouter;
  readonly taps: TapReader;
  readonly arena: ArenaService;
  readonly wild: WildBattles;
  readonly exploration: ExplorationService;
  readonly story: StoryService;
  readonly combat: CombatService;
  readonly sessions: ArenaSessionService;
  readonly accounts: AccountStore;
  readonly logout: LogoutWorker;
  readonly handlers: PendingHandlerWorker;
  readonly keptExpiry: { work(): Promise<void> };
  readonly seasons: Seasons;
  readonly ladders: LadderService;
  readonly boosting: { work(): Promise<void> };
  readonly retention: { work(): Promise<void> };
  readonly broadcaster: { work(): Promise<void> };
  readonly bans: Bans;
  readonly news: Announcements;
  readonly drain: Drain;
  readonly players: UserStore;
  readonly memos: MemoStore;
  readonly figures: () => Promise<ArenaFigures>;
}

export interface ServicesOptions extends Required<Omit<Ports, 'timing'>>, Stores {
  readonly settings: Settings;
  /** Not the outbox's timing: a test speeds up Telegram, not its database. */
  readonly wait?: Wait;
  readonly announcer: Announcer;
  readonly metrics?: Metrics;
  /** By default nothing but screens is sent. */
  readonly messenger?: Messenger;
  /** Features beside the shipped ones. */
  readonly features?: readonly Feature<ArenaPlayer>[];
}

export function buildServices(redis: Connection, options: ServicesOptions): Services {
  const { log, clock, entropy, settings, announcer, players, memos, repositories } = options;
  const { wait = systemTiming.wait, features: more = [] } = options;
  const [rules, arenaRules] = [turnRulesOf(settings), arenaRulesOf(settings)];
  const { accounts, queues, searches, battles, inventories, figures } = managersOn(redis, options);
  const common = { accounts, clock, entropy, log };
  const { seasons, ladders } = ladderServices(redis, options);
  const { standings, pauses, boosting, ...readers } = battleReaders({ ...options, ladders, wait });
  const { forecast, ...observers } = observersOf({ ...options, arenaRules, searches }, standings);
  const leaveStory = (charId: number) => world.story.leave(charId);
  const findBattle = (battleId: string) => combat.find(battleId);
  const blockedBy = (userId: number) => privacy.blockList.blockedBy(userId);
  const searched = { ...common, ...observers, arena: queues, pauses, rules: arenaRules };
  const sessions = new ArenaSessionService({ ...searched, leaveStory, findBattle, blockedBy });
  const restore = (charId: number) => account.live.getOrRestore(charId);
  const archive = repositories.battles;
  const fought = { ...common, ...observers, battles, archive, seats: queues, rules, wait };
  const combat: CombatService = new CombatService({ ...fought, restore });
  const playing = { sessions, combat, standings };
  const places = placesIn(sessions, combat, (charId) => features.occupies(charId));
  const privacy = privacyServices(redis, { ...options, ...places, isBusy: places.isInArena });
  const currentScreen = (charId: number) => router.screenOf(charId);
  const counted = { searches, sessions, combat, figures, screenOf: currentScreen };
  const { gate, ...operators } = adminServices(redis, { ...options, ...privacy, ...counted });
  const account = accountServices({ ...options, accounts, inventories, ...places, leaveStory });
  const parts = { ...account, ...operators, ...playing };
  const entered = { ...common, ...parts, ...readers, queues, announcer, repositories, forecast };
  const world: ReturnType<typeof arenaServices> = arenaServices({ ...entered, currentScreen });
  const shown = { ...repositories, ...parts, ...privacy, ...places, ...rules, ...world };
  const shipped = shippedFeatures({ ...options, ...shown, accounts, inventories, ladders });
  const features: FeatureRegistry<ArenaPlayer> = new FeatureRegistry([...shipped, ...more]);
  const played = { players, sessions, features, accounts };
  const router = new ActionRouter({ ...account, ...played, ladders, gate, news: operators.news });
  const taps = new TapReader({ ...played, combat });
  const later = { ...workersOf(options, privacy), ...operators, logout: account.logout, boosting };
  return { ...played, ...later, ...world, router, taps, combat, memos, figures, seasons, ladders };
}

interface ArenaAndWorldDeps extends ArenaDeps {
  readonly repositories: ServicesOptions['repositories'];
  readonly queues: ArenaManager;
  readonly journey: JourneyService;
  readonly accounts: AccountStore;
}

/** What starts battles. */
function arenaServices(deps: ArenaAndWorldDeps) {
  checkPlaces();
  checkScenarios();
  const wild = new ArenaWildBattles({ ...deps, archive: deps.repositories.battles });
  const story = new StoryService({ ...deps, wild });
  return {
    arena: new ArenaService(deps),
    wild,
    story,
    exploration: new ExplorationService({ ...deps, wild }),
  };
}

type PrivacyWorkers = Pick<ReturnType<typeof privacyServices>, 'keptExpiry' | 'retention'>;

function workersOf(
  { repositories, clock, log }: ServicesOptions,
  { keptExpiry, retention }: PrivacyWorkers,
) {
  const { pendingHandlers: pending } = repositories;
  return { handlers: new PendingHandlerWorker({ pending, clock, log }), keptExpiry, retention };
}

interface ReaderDeps extends ServicesOptions {
  readonly ladders: LadderService;
  readonly wait: Wait;
}

/** What the screens of battles show from the database. */
function battleReaders({ repositories, ...rest }: ReaderDeps) {
  const deps = { ...repositories, ...rest };
  return {
    standings: new Standings(deps),
    chances: new Chances(deps),
    pauses: new LeaverPauses(deps),
    boosting: new BoostingReview(deps),
    levels: new ShadowLevels({ ...deps, archive: repositories.battles }),
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

function managersOn({ client, documents }: Connection, options: ServicesOptions) {
  const { log, clock, settings, writeBehind } = options;
  const onChange = (charId: number) => writeBehind.markDirty('session', charId);
  const requestTtlS = settings.ARENA_REQUEST_TTL_S;
  const queues = new ArenaManager({ client, clock, log, requestTtlS });
  const battles = new BattleManager({ client, log });
  return {
    queues,
    battles,
    searches: new SearchesManager({ client, log }),
    accounts: new AccountManager({ client, documents, log, onChange }),
    inventories: new InventoryManager({ client, log }),
    figures: () => readArenaFigures({ queues, battles, clock }),
  };
}

interface ObserverDeps extends ServicesOptions {
  readonly arenaRules: ArenaRules;
  readonly searches: SearchLog;
}

/** Those who show battles, those who count and log what happens, and what a search has to expect of it. */
function observersOf(options: ObserverDeps, standings: Standings) {
  const { announcer, metrics = noMetrics, clock, log, searches, arenaRules } = options;
  const shown = new BattleAnnouncer(announcer, standings);
  return {
    observer: new BattleRecorder({ observer: shown, metrics, log }),
    recorder: new SearchRecorder({ metrics, log, clock, searches }),
    forecast: new SearchForecast({ searches, clock, ...arenaRules }),
  };
}

function turnRulesOf(settings: Settings): TurnRules {
  return { turnMs: settings.ARENA_TURN_S * 1000, maxIdleTurns: settings.ARENA_IDLE_TURNS };
}

function arenaRulesOf(settings: Settings): ArenaRules {
  return {
    widening: settings.ARENA_WIDENING,
    shadowAfterMs: settings.ARENA_SHADOW_AFTER_S * 1000,
    requestTtlMs: settings.ARENA_REQUEST_TTL_S * 1000,
  };
}

/** What sessions must know of the arena. */
function placesIn(
  sessions: ArenaSessionService,
  combat: CombatService,
  isBusy: (charId: number) => Promise<boolean>,
) {
  return {
    isBusy,
    isInArena: (charId: number) => sessions.isBusy(charId),
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
  /** Also in a feature that is played alone, such as a story. */
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly isInArena: (charId: number) => Promise<boolean>;
  readonly leaveStory: (charId: number) => Promise<void>;
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
  const inArena = { isBusy: deps.isInArena };
  const logout = new LogoutWorker({ ...deps, ...inArena, persister, rules });
  const journey = new JourneyService({ ...deps, ...inArena, lobby });
  return { login, lobby, onboarding, live, logout, journey };
}
