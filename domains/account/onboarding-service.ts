import type { AccountContext, Archetype, Bio, Gender } from './account-context.ts';
import type { AccountSessionService } from './account-session-service.ts';
import type { AccountStore } from './account-store.ts';
import type { CharactersRepository } from './characters-repository.ts';
import type { LobbyService } from './lobby-service.ts';
import { type NameProblem, checkName } from './name-rules.ts';
import { characterSheet } from './character-sheet.ts';

export type OnboardingStep = 'name' | 'gender' | 'archetype' | 'confirm';

export type StepReply =
  | { readonly kind: 'done'; readonly account: AccountContext }
  /** Nothing was changed: the character has finished onboarding or has no session. */
  | { readonly kind: 'not_onboarding' };

export type NameReply =
  | StepReply
  | { readonly kind: 'refused'; readonly problem: NameProblem }
  | { readonly kind: 'taken'; readonly name: string };

export interface OnboardingDeps {
  readonly lobby: Pick<LobbyService, 'invalidateCharactersList'>;
  readonly sessions: AccountSessionService;
  readonly accounts: AccountStore;
  readonly characters: CharactersRepository;
}

/**
 * Turns a shell into a character: name, gender, archetype, confirmation. Steps can be repeated in any
 * order until `finalize`. Callers must pass the user's own active character.
 */
export class OnboardingService {
  readonly #deps: OnboardingDeps;

  constructor(deps: OnboardingDeps) {
    this.#deps = deps;
  }

  async initialize(charId: number): Promise<StepReply> {
    const account = await this.#inOnboarding(charId);
    return account === null ? { kind: 'not_onboarding' } : { kind: 'done', account };
  }

  /** Reserves the name at once, so that no other user can take it before `finalize`. */
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
    return this.#answer(charId, 'gender', gender);
  }

  async setArchetype(charId: number, archetype: Archetype): Promise<StepReply> {
    return this.#answer(charId, 'archetype', archetype);
  }

  /** Saves attributes, vitals and techniques and ends onboarding. */
  async finalize(charId: number): Promise<StepReply | { readonly kind: 'incomplete' }> {
    const account = await this.#inOnboarding(charId);
    if (account === null) return { kind: 'not_onboarding' };
    const { name, gender, archetype } = account.bio;
    if (name === null || gender === null || archetype == null) return { kind: 'incomplete' };
    const { attributes, stats, skills } = characterSheet({ archetype });
    const change = { gender, archetype, attributes, skills, vitals_snapshot: stats };
    if (!(await this.#deps.sessions.earn(charId, change))) return this.#abandon(charId);
    await this.#invalidateList(account);
    // Last: if the process dies before, the character is still in onboarding and can confirm again.
    await this.#deps.sessions.updateState(charId, 'SCENARIO');
    return { kind: 'done', account: { ...account, attributes, stats, skills, state: 'SCENARIO' } };
  }

  async #inOnboarding(charId: number): Promise<AccountContext | null> {
    const account = await this.#deps.sessions.getSession(charId);
    return account?.state === 'ONBOARDING' ? account : null;
  }

  /** The character was deleted: its session could never finish onboarding. */
  async #abandon(charId: number): Promise<StepReply> {
    await this.#deps.sessions.deleteSession(charId);
    return { kind: 'not_onboarding' };
  }

  async #answer<F extends 'gender' | 'archetype'>(
    charId: number,
    field: F,
    value: NonNullable<Bio[F]>,
  ): Promise<StepReply> {
    const account = await this.#inOnboarding(charId);
    if (account === null) return { kind: 'not_onboarding' };
    if (account.bio[field] === value) return { kind: 'done', account };
    await this.#deps.accounts.updateBioField(charId, field, value);
    return { kind: 'done', account: { ...account, bio: { ...account.bio, [field]: value } } };
  }

  async #invalidateList(account: AccountContext): Promise<void> {
    const userId = account.user_id ?? null;
    if (userId !== null) await this.#deps.lobby.invalidateCharactersList(userId);
  }
}

export function stepOf({ name, gender, archetype }: Bio): OnboardingStep {
  if (name === null) return 'name';
  if (gender === null) return 'gender';
  return archetype == null ? 'archetype' : 'confirm';
}
