import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { MemoOfCharacter, MemoStore } from '../core/memo-store.ts';
import { answeredStepSchema } from './account-action.ts';
import type { AccountContext, Archetype, Bio, Gender } from './account-context.ts';
import type { AccountSessionService } from './account-session-service.ts';
import type { AccountStore } from './account-store.ts';
import type { CharactersRepository } from './characters-repository.ts';
import type { LobbyService } from './lobby-service.ts';
import { type NameProblem, checkName, nameFrom } from './name-rules.ts';
import { characterSheet } from './character-sheet.ts';
import type { UserStore } from './user-store.ts';

export type OnboardingStep = 'name' | 'gender' | 'archetype' | 'confirm';
type AnsweredStep = Exclude<OnboardingStep, 'confirm'>;

export type StepReply =
  | { readonly kind: 'done'; readonly account: AccountContext; readonly step: OnboardingStep }
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
  readonly players: Pick<UserStore, 'firstNameOf'>;
  readonly memos: MemoStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** The memo of a step that the player went back to, by character. */
const STEP_MEMO: MemoOfCharacter = 'onboarding_step';
const STEP_TTL_S = 24 * 3600;

/**
 * Turns a shell into a character: name, gender, archetype, confirmation. Steps can be repeated in any
 * order until `finalize`. Callers must pass the user's own active character.
 */
export class OnboardingService {
  readonly #deps: OnboardingDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: OnboardingDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  async initialize(charId: number): Promise<StepReply> {
    const account = await this.#inOnboarding(charId);
    if (account === null) return { kind: 'not_onboarding' };
    return { kind: 'done', account, step: await this.currentStep(charId, account.bio) };
  }

  /** The step that the player went back to, else the first one without an answer. */
  async currentStep(charId: number, bio: Bio): Promise<OnboardingStep> {
    const memo = await this.#deps.memos.read(STEP_MEMO, String(charId));
    const { data: earlier } = answeredStepSchema.safeParse(memo);
    return earlier !== undefined && isAnswered(bio, earlier) ? earlier : stepOf(bio);
  }

  /** Back to an answered step, and there until it is answered again or `goOn`. */
  async goBack(charId: number, step: AnsweredStep): Promise<StepReply> {
    await this.#deps.memos.write(STEP_MEMO, String(charId), { value: step, ttlS: STEP_TTL_S });
    return this.initialize(charId);
  }

  async goOn(charId: number): Promise<StepReply> {
    await this.#forgetStep(charId);
    return this.initialize(charId);
  }

  /** The user's first name in Telegram as a name for a character; null if it cannot be one. */
  telegramName(userId: number): string | null {
    const firstName = this.#deps.players.firstNameOf(userId);
    return firstName === null ? null : nameFrom(firstName);
  }

  /** `telegramName` if nobody has it. */
  async offerName(userId: number): Promise<string | null> {
    const name = this.telegramName(userId);
    if (name === null) return null;
    const isFree = await this.#breaker.call(() => this.#deps.characters.isNameFree(name));
    return isFree.kind === 'answered' && isFree.value ? name : null;
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
    return this.#answered(charId, { ...account, bio });
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
    const finished = { ...account, attributes, stats, skills, state: 'SCENARIO' as const };
    return { kind: 'done', account: finished, step: 'confirm' };
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
    if (account.bio[field] !== value)
      await this.#deps.accounts.updateBioField(charId, field, value);
    return this.#answered(charId, { ...account, bio: { ...account.bio, [field]: value } });
  }

  async #answered(charId: number, account: AccountContext): Promise<StepReply> {
    await this.#forgetStep(charId);
    return { kind: 'done', account, step: stepOf(account.bio) };
  }

  async #forgetStep(charId: number): Promise<void> {
    await this.#deps.memos.erase(STEP_MEMO, String(charId));
  }

  async #invalidateList(account: AccountContext): Promise<void> {
    const userId = account.user_id ?? null;
    if (userId !== null) await this.#deps.lobby.invalidateCharactersList(userId);
  }
}

/** The first step without an answer. */
export function stepOf({ name, gender, archetype }: Bio): OnboardingStep {
  if (name === null) return 'name';
  if (gender === null) return 'gender';
  return archetype == null ? 'archetype' : 'confirm';
}

function isAnswered(bio: Bio, step: AnsweredStep): boolean {
  return bio[step] != null;
}
