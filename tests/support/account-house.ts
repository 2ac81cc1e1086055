import { AccountDesk } from '../../domains/account/account-desk.ts';
import { AccountSessionService } from '../../domains/account/account-session-service.ts';
import type { Archetype } from '../../domains/account/account-context.ts';
import { LobbyService } from '../../domains/account/lobby-service.ts';
import { LoginService } from '../../domains/account/login-service.ts';
import { OnboardingService } from '../../domains/account/onboarding-service.ts';
import { FixedClock } from './clock.ts';
import { MemoryAccountStore } from './memory-account-store.ts';
import { MemoryCharactersRepository } from './memory-characters-repository.ts';
import { MemoryPlayerStore } from './memory-player-store.ts';
import { MemorySavedSessions } from './memory-saved-sessions.ts';
import { RecordingLog } from './recording-log.ts';

/** The account domain's services over stores in memory; `busy` holds who fights or searches. */
export function accountHouse() {
  const clock = new FixedClock(Date.UTC(2026, 0, 1));
  const log = new RecordingLog();
  const accounts = new MemoryAccountStore(clock);
  const players = new MemoryPlayerStore();
  const characters = new MemoryCharactersRepository();
  const savedSessions = new MemorySavedSessions(characters);
  const busy = new Set<number>();
  const isBusy = (charId: number) => Promise.resolve(busy.has(charId));
  const sessions = new AccountSessionService({ accounts, savedSessions, clock, log });
  let ids = 0;
  const entropy = { id: () => `id${(ids += 1)}` };
  const lobby = new LobbyService({ characters, sessions, isBusy, clock, entropy, log });
  const login = new LoginService({ characters, sessions, players, isBusy, log });
  const onboarding = new OnboardingService({ sessions, accounts, characters });
  const desk = new AccountDesk({ lobby, login, onboarding, players });
  return {
    clock,
    log,
    accounts,
    players,
    characters,
    savedSessions,
    busy,
    sessions,
    lobby,
    login,
    onboarding,
    desk,
  };
}
export type AccountHouse = ReturnType<typeof accountHouse>;

/** A shell that its user has entered; answers its id. */
export async function enteredShell(house: AccountHouse, userId: number): Promise<number> {
  const made = await house.lobby.createCharacterShell(userId);
  if (made.kind === 'full') throw new Error(`User ${userId} has no room for another character`);
  await house.login.login(userId, made.character.character_id);
  return made.character.character_id;
}

/** A finished character that its user plays; answers its id. */
export async function finishedCharacter(
  house: AccountHouse,
  userId: number,
  { name, archetype = 'warrior' }: { readonly name: string; readonly archetype?: Archetype },
): Promise<number> {
  const charId = await enteredShell(house, userId);
  await house.onboarding.setName(charId, name);
  await house.onboarding.setGender(charId, 'female');
  await house.onboarding.setArchetype(charId, archetype);
  await house.onboarding.finalize(charId);
  return charId;
}
