import type { AccountPlayer } from '../../domains/account/account-player.ts';
import { guideFeature } from '../../domains/account/guide-feature.ts';
import { lobbyFeature } from '../../domains/account/lobby-feature.ts';
import { type FirstScreen, onboardingFeature } from '../../domains/account/onboarding-feature.ts';
import { AccountSessionService } from '../../domains/account/account-session-service.ts';
import type { Archetype } from '../../domains/account/account-context.ts';
import { UserStore } from '../../domains/account/user-store.ts';
import { LobbyService } from '../../domains/account/lobby-service.ts';
import { LoginService } from '../../domains/account/login-service.ts';
import { LogoutWorker } from '../../domains/account/logout-worker.ts';
import { OnboardingService } from '../../domains/account/onboarding-service.ts';
import { Presence } from '../../domains/account/presence.ts';
import { SessionPersister } from '../../domains/account/session-persister.ts';
import type { Feature } from '../../domains/core/feature.ts';
import { FeatureRegistry } from '../../domains/core/feature-registry.ts';
import { homeFeature } from '../../domains/core/home-feature.ts';
import { type Reply, refused, shown } from '../../domains/core/reply.ts';
import { type Text, text } from '../../domains/core/text.ts';
import type { ActionShape } from '../../domains/core/ui-payload.ts';
import { FixedClock } from './clock.ts';
import { MemoryAccountStore } from './memory-account-store.ts';
import { MemoryCharactersRepository } from './memory-characters-repository.ts';
import { MemoryHotUserStore } from './memory-hot-user-store.ts';
import { MemoryMemos } from './memory-memos.ts';
import { MemorySavedSessions } from './memory-saved-sessions.ts';
import { MemoryWriteBehindQueue } from './memory-write-behind-queue.ts';
import { MemoryUsersRepository } from './memory-users-repository.ts';
import { RecordingLog } from './recording-log.ts';

export const SAVE_AFTER_MS = 120_000;
export const IDLE_AFTER_MS = 24 * 3_600_000;

/**
 * The account domain's services over stores in memory. Characters in `busy` fight or search; `battles`
 * has the battle of each that fights.
 */
export function accountServices() {
  const clock = new FixedClock(Date.UTC(2026, 0, 1));
  const log = new RecordingLog();
  const accounts = new MemoryAccountStore(clock);
  const characters = new MemoryCharactersRepository();
  const savedSessions = new MemorySavedSessions(characters);
  const users = new MemoryUsersRepository(characters, savedSessions);
  const writeBehind = new MemoryWriteBehindQueue(clock);
  const hot = new MemoryHotUserStore();
  const players = new UserStore({ hot, users, writeBehind, clock, log });
  const busy = new Set<number>();
  const isBusy = (charId: number) => Promise.resolve(busy.has(charId));
  const battles = new Map<number, string>();
  const closedBags: string[] = [];
  const memos = new MemoryMemos();
  const presence = new Presence({ writeBehind, clock });
  const sessions = new AccountSessionService({
    presence,
    accounts,
    characters,
    savedSessions,
    log,
    memos,
    leaveArena: (charId) => Promise.resolve(void battles.delete(charId)),
    runningBattle: (charId) => Promise.resolve(battles.get(charId) ?? null),
  });
  const persister = new SessionPersister({
    accounts,
    savedSessions,
    writeBehind,
    clock,
    log,
    memos,
    inventories: { deleteInventory: (id) => Promise.resolve(void closedBags.push(id)) },
  });
  const logout = new LogoutWorker({
    persister,
    players,
    writeBehind,
    isBusy,
    clock,
    log,
    rules: { saveAfterMs: SAVE_AFTER_MS, idleAfterMs: IDLE_AFTER_MS },
  });
  const lobby = new LobbyService({ characters, sessions, isBusy, clock, log });
  const login = new LoginService({ lobby, sessions, persister, players, presence, isBusy, log });
  const onboarding = new OnboardingService({
    lobby,
    sessions,
    accounts,
    characters,
    players,
    memos,
    clock,
    log,
  });
  const firstScreens: number[] = [];
  const firstScreen: FirstScreen = (player, charId) => {
    firstScreens.push(charId);
    return player.home();
  };
  const router = routerOf(
    [
      homeFeature,
      lobbyFeature({ lobby, login, onboarding, players }),
      onboardingFeature({ onboarding, firstScreen }),
      guideFeature({ players, maxIdleTurns: 3, help: [] }),
    ],
    login,
  );
  return {
    clock,
    log,
    accounts,
    hot,
    users,
    players,
    writeBehind,
    persister,
    logout,
    characters,
    savedSessions,
    busy,
    battles,
    memos,
    /** Open bags that were closed with their session. */
    closedBags,
    sessions,
    lobby,
    login,
    onboarding,
    router,
    /** Characters that have finished onboarding. */
    firstScreens,
  };
}

const homeScreen = { screen: 'home', title: text('account.button.home'), body: [], buttons: [] };

/** Routes actions to the features; every player's home is the screen `home`. */
function routerOf(list: readonly Feature<AccountPlayer>[], login: LoginService) {
  const features = new FeatureRegistry(list);
  const playerOf = (userId: number): AccountPlayer => ({
    userId,
    played: () => login.resume(userId),
    currentScreen: () => Promise.resolve(homeScreen),
    home: (notice: Text | null = null) =>
      Promise.resolve(notice === null ? shown(homeScreen) : refused(notice, homeScreen)),
  });
  return {
    act: (userId: number, action: ActionShape): Promise<Reply> =>
      features.act(playerOf(userId), action),
    typeName: async (userId: number, typed: string): Promise<Reply> => {
      const reply = await features.handleTyped(playerOf(userId), { asks: 'name', typed });
      if (reply === null) throw new Error('no feature asks for a name');
      return reply;
    },
  };
}

export type AccountServices = ReturnType<typeof accountServices>;

/** Enters the user's unfinished character, or a new one; answers its id. */
export async function enterNewShell(services: AccountServices, userId: number): Promise<number> {
  const made = await services.lobby.createCharacterShell(userId);
  if (made.kind === 'full') throw new Error(`user ${userId} has the maximum of characters`);
  await services.login.login(userId, made.character.character_id);
  return made.character.character_id;
}

/** Creates a finished character that its user has entered; answers its id. */
export async function finishedCharacter(
  services: AccountServices,
  userId: number,
  { name, archetype = 'warrior' }: { readonly name: string; readonly archetype?: Archetype },
): Promise<number> {
  const charId = await enterNewShell(services, userId);
  await services.onboarding.setName(charId, name);
  await services.onboarding.setGender(charId, 'female');
  await services.onboarding.setArchetype(charId, archetype);
  await services.onboarding.finalize(charId);
  return charId;
}
