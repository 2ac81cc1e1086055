import { AccountDesk } from '../domains/account/account-desk.ts';
import { AccountSessionService } from '../domains/account/account-session-service.ts';
import { LobbyService } from '../domains/account/lobby-service.ts';
import { LoginService } from '../domains/account/login-service.ts';
import { OnboardingService } from '../domains/account/onboarding-service.ts';
import type { AccountStore } from '../domains/account/account-store.ts';
import { LastingPlayers } from '../domains/account/lasting-players.ts';
import { ArenaService } from '../domains/arena/arena-service.ts';
import { ArenaSessionService } from '../domains/arena/arena-session-service.ts';
import type { ArenaRules } from '../domains/arena/matchmaking.ts';
import { BattleAnnouncer } from '../domains/arena/battle-announcer.ts';
import { DuelService } from '../domains/arena/duel-service.ts';
import { ReceptionService } from '../domains/arena/reception-service.ts';
import { CombatService } from '../domains/combat/combat-service.ts';
import { HistoryService } from '../domains/combat/history-service.ts';
import type { Announcer } from '../domains/core/announcer.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import { SqlBattleArchive } from '../database/battle-archive.ts';
import { SqlCharactersRepository } from '../database/characters-repository.ts';
import { connectDatabase } from '../database/connect.ts';
import type { Database } from '../database/database.ts';
import { SqlSavedSessions } from '../database/saved-sessions.ts';
import { SqlUsersRepository } from '../database/users-repository.ts';
import type { Connection } from '../redis/connect.ts';
import { AccountManager } from '../redis/managers/account-manager.ts';
import { ArenaManager } from '../redis/managers/arena-manager.ts';
import { BattleManager } from '../redis/managers/battle-manager.ts';
import { MemoManager } from '../redis/managers/memo-manager.ts';
import { PlayerManager } from '../redis/managers/player-manager.ts';
import type { LastingStores } from './lasting-stores.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './system.ts';

/** What the bot itself remembers of players and chats. */
export interface Stores {
  readonly players: LastingPlayers;
  readonly memos: MemoStore;
}

export function openStores(
  { client }: Connection,
  { log, clock, lasting }: Pick<HouseOptions, 'log' | 'clock' | 'lasting'>,
): Stores {
  const hot = new PlayerManager({ client, log });
  const players = new LastingPlayers({ hot, users: lasting.users, clock, log });
  return { players, memos: new MemoManager({ client, log }) };
}

/** The database that the settings name, and what is kept there. */
export async function openLastingStores(
  settings: Settings,
  log: Log,
): Promise<{ readonly lasting: LastingStores; close(): Promise<void> }> {
  const { DATABASE_URL: url, DATA_DIR: dataDir } = settings;
  const database = await connectDatabase({ url, dataDir, log });
  return { lasting: lastingStoresOn(database.db, log), close: () => database.close() };
}

export function lastingStoresOn(db: Database, log: Log): LastingStores {
  return {
    users: new SqlUsersRepository(db),
    characters: new SqlCharactersRepository(db),
    savedSessions: new SqlSavedSessions({ db, log }),
    battles: new SqlBattleArchive(db),
  };
}

/** Every service, wired. */
export interface House {
  readonly reception: ReceptionService;
  readonly arena: ArenaService;
  readonly combat: CombatService;
  readonly sessions: ArenaSessionService;
  readonly accounts: AccountStore;
  readonly players: LastingPlayers;
  readonly memos: MemoStore;
}

export interface HouseOptions extends Required<Omit<Surroundings, 'timing'>>, Stores {
  readonly settings: Settings;
  /** Who changes players' screens without their tap. */
  readonly announcer: Announcer;
}

/** Builds the stores, the domains upon them, and hands each what it needs. */
export function buildHouse(redis: Connection, options: HouseOptions): House {
  const { log, clock, entropy, settings, announcer, players, memos, lasting } = options;
  const { client, documents } = redis;
  const accounts = new AccountManager({ client, documents, log });
  const requestTtlS = settings.ARENA_REQUEST_TTL_S;
  const queues = new ArenaManager({ client, clock, log, requestTtlS });

  const rules = arenaRulesOf(settings);
  const sessions = new ArenaSessionService({ arena: queues, accounts, clock, entropy, rules });
  const combat = new CombatService({
    battles: new BattleManager({ client, log }),
    archive: lasting.battles,
    accounts,
    seats: queues,
    observer: new BattleAnnouncer(announcer),
    clock,
    log,
    rules: { turnMs: settings.ARENA_TURN_S * 1000, maxIdleTurns: settings.ARENA_IDLE_TURNS },
  });
  const arena = new ArenaService({
    sessions,
    combat,
    accounts,
    queues,
    announcer,
    clock,
    entropy,
    log,
  });
  const isBusy = (charId: number) => sessions.isBusy(charId);
  const reception = new ReceptionService({
    ...accountServices({ ...lasting, accounts, players, isBusy, clock, log }),
    players,
    arena,
    duel: new DuelService({ combat, arena }),
    history: new HistoryService({ archive: lasting.battles, clock, log }),
  });
  return { reception, arena, combat, sessions, accounts, players, memos };
}

function arenaRulesOf(settings: Settings): ArenaRules {
  return {
    widening: settings.ARENA_WIDENING,
    shadowAfterMs: settings.ARENA_SHADOW_AFTER_S * 1000,
    requestTtlMs: settings.ARENA_REQUEST_TTL_S * 1000,
  };
}

interface AccountDeps extends LastingStores {
  readonly accounts: AccountStore;
  readonly players: LastingPlayers;
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

function accountServices(deps: AccountDeps): { desk: AccountDesk; login: LoginService } {
  const sessions = new AccountSessionService(deps);
  const lobby = new LobbyService({ ...deps, sessions });
  const login = new LoginService({ ...deps, sessions });
  const onboarding = new OnboardingService({ ...deps, sessions });
  return { login, desk: new AccountDesk({ ...deps, lobby, login, onboarding }) };
}
