import type { AccountContext, Archetype, Bio, Gender } from './account-context.ts';
import type { AccountSessionService } from './account-session-service.ts';
import type { AccountStore } from './account-store.ts';
import type { CharactersRepository } from './characters-repository.ts';
import type { LobbyService } from './lobby-service.ts';
import { type NameProblem, checkName } from './name-rules.ts';
import { characterSheet } from './character-sheet.ts';

/** What onboarding asks for next. */
export type OnboardingStep = 'name' | 'gender' | 'archetype' | 'confirm';

export type StepReply =
  | { readonly kind: 'done'; readonly account: AccountContext }
  /** The character has finished onboarding long ago, or has no session: nothing was changed. */
  | { readonly kind: 'not_onboarding' };

export type NameReply =
  | StepReply
  | { readonly kind: 'refused'; readonly problem: NameProblem }
  | { readonly kind: 'taken'; readonly name: string };

export type FinalizeReply =
  StepReply | { readonly kind: 'incomplete'; readonly step: OnboardingStep };

export interface OnboardingDeps {
  readonly lobby: Pick<LobbyService, 'invalidateCharactersList'>;
  readonly sessions: AccountSessionService;
  readonly accounts: AccountStore;
  readonly characters: CharactersRepository;
}

/**
 * Makes a character out of a shell: name, gender, archetype, and the last word. Every step can be
 * repeated and gone back to until `finalize`. Callers pass the user's own active character.
 */
export class OnboardingService {
  readonly #deps: OnboardingDeps;

  constructor(deps: OnboardingDeps) {
    this.#deps = deps;
  }

  /** Onboarding as the character left it, for its first screen. */
  async initialize(charId: number): Promise<StepReply> {
    const account = await this.#inOnboarding(charId);
    return account === null ? { kind: 'not_onboarding' } : { kind: 'done', account };
  }

  /** Takes the name at once, so that nobody else can have it meanwhile. */
  async setName(charId: number, typed: string): Promise<NameReply> {
    const account = await this.#inOnboarding(charId);
    if (account === null) return { kind: 'not_onboarding' };
    const checked = checkName(typed);
    if (checked.kind === 'refused') return { kind: 'refused', problem: checked.reason };
    const reply = await this.#deps.characters.setName(charId, checked.name);
    if (reply === 'missing') return this.#abandon(charId);
    if (reply === 'taken') return { kind: 'taken', name: checked.name };
    await this.#invalidateList(account);
    const bio = { ...account.bio, name: checked.name };
    if (account.bio.name !== bio.name) await this.#deps.sessions.updateBio(charId, bio);
    return { kind: 'done', account: { ...account, bio } };
  }

  async setGender(charId: number, gender: Gender): Promise<StepReply> {
    const account = await this.#inOnboarding(charId);
    if (account === null) return { kind: 'not_onboarding' };
    return this.#answer(charId, account, { field: 'gender', value: gender });
  }

  async setArchetype(charId: number, archetype: Archetype): Promise<StepReply> {
    const account = await this.#inOnboarding(charId);
    if (account === null) return { kind: 'not_onboarding' };
    return this.#answer(charId, account, { field: 'archetype', value: archetype });
  }

  /** Gives the character its attributes, vitals and techniques, for good, and opens the world to it. */
  async finalize(charId: number): Promise<FinalizeReply> {
    const account = await this.#inOnboarding(charId);
    if (account === null) return { kind: 'not_onboarding' };
    const { gender, archetype } = account.bio;
    if (stepOf(account.bio) !== 'confirm' || gender === null || archetype == null) {
      return { kind: 'incomplete', step: stepOf(account.bio) };
    }
    const { attributes, stats, skills } = characterSheet({ archetype });
    const earned = { attributes, skills, vitals_snapshot: stats };
    const change = { gender, archetype, ...earned };
    if (!(await this.#deps.sessions.earn(charId, change))) return this.#abandon(charId);
    await this.#invalidateList(account);
    // Last: a process that dies before leaves the character in onboarding, where confirming repeats it.
    await this.#deps.sessions.updateState(charId, 'SCENARIO');
    return { kind: 'done', account: { ...account, attributes, stats, skills, state: 'SCENARIO' } };
  }

  async #inOnboarding(charId: number): Promise<AccountContext | null> {
    const account = await this.#deps.sessions.getSession(charId);
    return account?.state === 'ONBOARDING' ? account : null;
  }

  /** The character is gone for good: a session without it could never be finished. */
  async #abandon(charId: number): Promise<StepReply> {
    await this.#deps.sessions.deleteSession(charId);
    return { kind: 'not_onboarding' };
  }

  /** A second tap on the same answer writes nothing. */
  async #answer<F extends 'gender' | 'archetype'>(
    charId: number,
    account: AccountContext,
    { field, value }: { readonly field: F; readonly value: NonNullable<Bio[F]> },
  ): Promise<StepReply> {
    if (account.bio[field] === value) return { kind: 'done', account };
    await this.#deps.accounts.updateBioField(charId, field, value);
    return { kind: 'done', account: { ...account, bio: { ...account.bio, [field]: value } } };
  }

  async #invalidateList(account: AccountContext): Promise<void> {
    const userId = account.user_id ?? null;
    if (userId !== null) await this.#deps.lobby.invalidateCharactersList(userId);
  }
}

/** The first thing that is still unknown. */
export function stepOf({ name, gender, archetype }: Bio): OnboardingStep {
  if (name === null) return 'name';
  if (gender === null) return 'gender';
  return archetype == null ? 'archetype' : 'confirm';
}
