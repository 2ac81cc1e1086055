import type { Log } from '../core/log.ts';
import type { MemoStore } from '../core/memo-store.ts';
import {
  ACCOUNT_VERSION,
  type AccountContext,
  type AccountState,
  type Bio,
  noGear,
} from './account-context.ts';
import { type AccountStore, type CreateMode, ifLive } from './account-store.ts';
import { type Character, isShell } from './character.ts';
import { characterSheet } from './character-sheet.ts';
import type { CharacterChange, CharactersRepository } from './characters-repository.ts';
import { keepSession } from './keep-session.ts';
import type { Presence } from './presence.ts';
import type { SavedSessions } from './saved-sessions.ts';

export interface AccountSessionDeps {
  readonly accounts: AccountStore;
  readonly characters: Pick<CharactersRepository, 'find' | 'update'>;
  readonly savedSessions: Pick<SavedSessions, 'load'>;
  readonly presence: Pick<Presence, 'recordOpened'>;
  /** The id of the battle that the character fights now; null: none. */
  readonly runningBattle: (charId: number, userId: number) => Promise<string | null>;
  /** Takes the user's character out of the queue, or out of its seat and its battle. */
  readonly leaveArena: (charId: number, userId: number | null) => Promise<void>;
  readonly memos: Pick<MemoStore, 'write'>;
  readonly log: Log;
}

type Earned = Pick<AccountContext, 'attributes' | 'skills' | 'loadout' | 'gear'>;

/** Live sessions of characters (`ac:{char_id}`) and the lobby's cache. */
export class AccountSessionService {
  readonly #deps: AccountSessionDeps;

  constructor(deps: AccountSessionDeps) {
    this.#deps = deps;
  }

  /** Opens a session from its last save, else from the character, and puts it into a running battle. */
  async createSession(
    character: Character,
    saved: AccountContext | null = null,
    mode: CreateMode = 'if_absent',
  ): Promise<AccountContext> {
    const { accounts, presence, runningBattle } = this.#deps;
    const { character_id: charId } = character;
    const peaceful = restoredContext(character, this.#usable(saved, character));
    const battleId = await runningBattle(charId, character.user_id);
    const context = battleId === null ? peaceful : inBattle(peaceful, battleId);
    await presence.recordOpened(charId);
    if (await accounts.createAccount(charId, context, mode)) return context;
    // Another process has opened it in the meantime.
    return (await this.getSession(charId)) ?? context;
  }

  /** The live session, restored if there is none; null if there is no such character. */
  async getOrRestore(charId: number): Promise<AccountContext | null> {
    const live = await this.getSession(charId);
    if (live !== null) return live;
    const character = await this.#deps.characters.find(charId);
    if (character === null) return null;
    return this.createSession(character, await this.#deps.savedSessions.load(charId));
  }

  /** Null if there is none or it cannot be read. */
  async getSession(charId: number): Promise<AccountContext | null> {
    return this.#deps.accounts.getFullAccount(charId);
  }

  /** True if there was one. */
  async deleteSession(charId: number): Promise<boolean> {
    const exists = await this.#deps.accounts.accountExists(charId);
    if (exists) await this.#deps.accounts.deleteAccount(charId);
    return exists;
  }

  /** Frees the number of a session whose character is not, or no longer, its user's; a copy remains. */
  async setAside(charId: number, session: AccountContext): Promise<void> {
    const { accounts, leaveArena, memos, log } = this.#deps;
    await keepSession(memos, charId, session);
    await leaveArena(charId, session.user_id ?? null);
    await accounts.deleteAccount(charId);
    log.warn({ charId, userId: session.user_id }, 'session set aside');
  }

  async updateBio(charId: number, bio: Bio): Promise<void> {
    await this.#deps.accounts.updateBio(charId, bio);
  }

  async updateState(charId: number, state: AccountState): Promise<void> {
    await this.#deps.accounts.setState(charId, state);
  }

  /** False if there is no such character. The row first: a lost session is restored from it. */
  async earn(charId: number, earned: CharacterChange): Promise<boolean> {
    if (!(await this.#deps.characters.update(charId, earned))) return false;
    await this.#changeLive(charId, (account) => withEarned(account, earned));
    return true;
  }

  /** The live session, with what its character has earned since it was stored, e.g. by an older release. */
  async upToDate(live: AccountContext, character: Character): Promise<AccountContext> {
    const { character_id: charId, gear = noGear } = character;
    const isBehind = (account: AccountContext) => account.gear.version < gear.version;
    if (!isBehind(live)) return live;
    const earned = contextOf(character);
    await this.#changeLive(charId, (account) =>
      isBehind(account) ? sessionWith(account, earned) : null,
    );
    return (await this.getSession(charId)) ?? sessionWith(live, earned);
  }

  /** Nothing without a live session: a lost one is restored from the row. */
  async #changeLive(
    charId: number,
    change: (account: AccountContext) => AccountContext | null,
  ): Promise<void> {
    await ifLive(() => this.#deps.accounts.changeAccount(charId, change));
  }

  async getLobbyCache(userId: number): Promise<Character[] | null> {
    return this.#deps.accounts.getLobbyCache(userId);
  }

  async setLobbyCache(userId: number, characters: readonly Character[]): Promise<void> {
    await this.#deps.accounts.setLobbyCache(userId, characters);
  }

  async deleteLobbyCache(userId: number): Promise<void> {
    await this.#deps.accounts.deleteLobbyCache(userId);
  }

  #usable(saved: AccountContext | null, character: Character): AccountContext | null {
    if (saved === null) return null;
    const { log } = this.#deps;
    const { character_id: charId } = character;
    const mismatch = mismatchOf(saved, character);
    if (mismatch === null) {
      log.info({ charId }, 'saved session restored');
      return saved;
    }
    // A session that was saved in onboarding is outdated once that is finished.
    if (saved.state !== 'ONBOARDING') log.warn({ charId, mismatch }, 'saved session ignored');
    return null;
  }
}

/** In what a session contradicts its character's row; null: in nothing. */
export function mismatchOf(session: AccountContext, character: Character): string | null {
  if (session.user_id !== character.user_id) return 'user';
  return (session.state === 'ONBOARDING') === isShell(character) ? null : 'onboarding';
}

/** The first session of a character; a shell starts in onboarding. */
export function contextOf(character: Character): AccountContext {
  const { archetype, ownAttributes, stats, skills } = characterSheet(character);
  return {
    schema: ACCOUNT_VERSION,
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
    attributes: ownAttributes,
    sessions: { combat_id: null, inventory_id: null, scenario_id: null },
    skills,
    gear: character.gear ?? noGear,
    loadout: character.loadout ?? null,
  };
}

/**
 * Takes state, location, vitals and onboarding answers from the save, all else from the character. A
 * saved COMBAT state is dropped: the character's seat knows whether the battle still runs.
 */
export function restoredContext(
  character: Character,
  saved: AccountContext | null,
): AccountContext {
  const fresh = contextOf(character);
  if (saved === null) return fresh;
  const { state, location, stats, bio } = saved;
  if (state === 'ONBOARDING') {
    const { gender, archetype = null } = bio;
    return { ...fresh, location, bio: { ...fresh.bio, gender, archetype } };
  }
  const peaceful = state === 'COMBAT' ? 'EXPLORATION' : state;
  const wounded = characterSheet({ ...fresh, stats });
  return { ...fresh, state: peaceful, location, stats: wounded.stats };
}

/** A session that shows what its character has earned. */
export function sessionWith(
  account: AccountContext,
  { attributes, skills, loadout, gear }: Earned,
): AccountContext {
  const changed = { ...account, attributes, skills, loadout, gear };
  return { ...changed, stats: characterSheet(changed).stats };
}

function inBattle(context: AccountContext, battleId: string): AccountContext {
  return { ...context, state: 'COMBAT', sessions: { ...context.sessions, combat_id: battleId } };
}

function withEarned(account: AccountContext, earned: CharacterChange): AccountContext {
  const { attributes = account.attributes, skills = account.skills } = earned;
  return { ...account, attributes, skills, stats: earned.vitals_snapshot ?? account.stats };
}
