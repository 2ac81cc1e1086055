import type { AccountContext, AccountState, Bio } from './account-context.ts';
import type { Log } from '../core/log.ts';
import { AccountMissingError, type AccountStore, type CreateMode } from './account-store.ts';
import { type Character, isShell } from './character.ts';
import { characterSheet } from './character-sheet.ts';
import type { CharacterChange, CharactersRepository } from './characters-repository.ts';
import type { Presence } from './presence.ts';
import type { SavedSessions } from './saved-sessions.ts';

export interface AccountSessionDeps {
  readonly accounts: AccountStore;
  readonly characters: Pick<CharactersRepository, 'find' | 'update'>;
  readonly savedSessions: Pick<SavedSessions, 'load'>;
  readonly presence: Pick<Presence, 'recordOpened'>;
  /** The battle that the character is fighting now; null: none. */
  readonly runningBattle: (charId: number) => Promise<string | null>;
  readonly log: Log;
}

/** Live sessions of characters (`ac:{char_id}`) and the lobby's cache. */
export class AccountSessionService {
  readonly #accounts: AccountStore;
  readonly #characters: AccountSessionDeps['characters'];
  readonly #saved: AccountSessionDeps['savedSessions'];
  readonly #runningBattle: AccountSessionDeps['runningBattle'];
  readonly #presence: AccountSessionDeps['presence'];
  readonly #log: Log;

  constructor(deps: AccountSessionDeps) {
    const { accounts, characters, savedSessions, runningBattle, presence, log } = deps;
    this.#runningBattle = runningBattle;
    this.#presence = presence;
    this.#accounts = accounts;
    this.#characters = characters;
    this.#saved = savedSessions;
    this.#log = log;
  }

  /** Opens a session as it was last saved, else from the character; in a running battle it stays there. */
  async createSession(
    character: Character,
    saved: AccountContext | null = null,
    how: CreateMode = 'if_absent',
  ): Promise<AccountContext> {
    const fresh = contextOf(character);
    const fitting = this.#usable(saved, character);
    const peaceful = fitting === null ? fresh : resumed(fitting, fresh);
    const { character_id: charId } = character;
    const battleId = await this.#runningBattle(charId);
    const context = battleId === null ? peaceful : inBattle(peaceful, battleId);
    await this.#presence.recordOpened(charId);
    if (await this.#accounts.createAccount(charId, context, how)) return context;
    // Another process has just opened it.
    return (await this.getSession(charId)) ?? context;
  }

  /** The live session, or what is kept of it for good; null where there is no such character. */
  async getOrRestore(charId: number): Promise<AccountContext | null> {
    const live = await this.getSession(charId);
    if (live !== null) return live;
    const character = await this.#characters.find(charId);
    if (character === null) return null;
    return this.createSession(character, await this.#saved.load(charId));
  }

  /** Null if there is none, or one that cannot be read: then the caller restores it. */
  async getSession(charId: number): Promise<AccountContext | null> {
    return this.#accounts.getFullAccount(charId);
  }

  /** True if there was one. */
  async deleteSession(charId: number): Promise<boolean> {
    const existed = await this.#accounts.accountExists(charId);
    if (existed) await this.#accounts.deleteAccount(charId);
    return existed;
  }

  async updateBio(charId: number, bio: Bio): Promise<void> {
    await this.#accounts.updateBio(charId, bio);
  }

  async updateState(charId: number, state: AccountState): Promise<void> {
    await this.#accounts.setState(charId, state);
  }

  /**
   * What a character earns is written to its row first and to its live session, if there is one,
   * after; a session is restored from the row. False if there is no such character.
   */
  async earn(charId: number, earned: CharacterChange): Promise<boolean> {
    if (!(await this.#characters.update(charId, earned))) return false;
    try {
      await this.#accounts.changeAccount(charId, (account) => withEarned(account, earned));
    } catch (error) {
      if (!(error instanceof AccountMissingError)) throw error;
    }
    return true;
  }

  async getLobbyCache(userId: number): Promise<Character[] | null> {
    return this.#accounts.getLobbyCache(userId);
  }

  async setLobbyCache(userId: number, characters: readonly Character[]): Promise<void> {
    await this.#accounts.setLobbyCache(userId, characters);
  }

  async deleteLobbyCache(userId: number): Promise<void> {
    await this.#accounts.deleteLobbyCache(userId);
  }

  #usable(saved: AccountContext | null, character: Character): AccountContext | null {
    if (saved === null) return null;
    const { character_id: charId } = character;
    const flaw = mismatchOf(saved, character);
    if (flaw === null) {
      this.#log.info({ charId }, 'a live session goes on as it was last saved');
      return saved;
    }
    // Saved in onboarding, and finished since: what was saved is over.
    if (saved.state === 'ONBOARDING') return null;
    this.#log.warn({ charId, flaw }, 'a saved session did not fit its character; passed over');
    return null;
  }
}

/** What is wrong with a session, measured by the character as it is kept for good. */
export function mismatchOf(session: AccountContext, character: Character): string | null {
  if (session.user_id !== character.user_id) return 'of another user';
  if ((session.state === 'ONBOARDING') !== isShell(character)) return 'of another stage';
  return null;
}

/** The session of a character: a shell goes to onboarding, everybody else where he was. */
export function contextOf(character: Character): AccountContext {
  const { archetype, attributes, stats, skills } = characterSheet(character);
  return {
    user_id: character.user_id,
    state: isShell(character) ? 'ONBOARDING' : 'EXPLORATION',
    bio: {
      name: character.name,
      gender: character.gender,
      created_at: character.created_at,
      archetype,
    },
    location: { current: character.location_id, prev: null },
    stats,
    attributes,
    sessions: { combat_id: null, inventory_id: null },
    skills,
  };
}

/**
 * Where and how he was, and what he had answered in onboarding. Who he is and what he can is the
 * character's to say. A battle that still runs is found by its seat, not by what was saved.
 */
function resumed(saved: AccountContext, fresh: AccountContext): AccountContext {
  const { state, location, stats, bio } = saved;
  if (state === 'ONBOARDING') {
    const { gender, archetype = null } = bio;
    return { ...fresh, location, bio: { ...fresh.bio, gender, archetype } };
  }
  const peaceful = state === 'COMBAT' ? 'EXPLORATION' : state;
  const wounded = characterSheet({ ...fresh, stats });
  return { ...fresh, state: peaceful, location, stats: wounded.stats };
}

/** Back in a battle that went on without the session. */
function inBattle(context: AccountContext, battleId: string): AccountContext {
  return { ...context, state: 'COMBAT', sessions: { ...context.sessions, combat_id: battleId } };
}

function withEarned(account: AccountContext, earned: CharacterChange): AccountContext {
  const { attributes = account.attributes, skills = account.skills } = earned;
  return { ...account, attributes, skills, stats: earned.vitals_snapshot ?? account.stats };
}
