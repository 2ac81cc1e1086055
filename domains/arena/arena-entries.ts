import type { AccountStore } from '../account/account-store.ts';
import { characterSheet } from '../account/character-sheet.ts';
import type { ShadowLevel } from '../combat/battle.ts';
import type { Encounter } from '../combat/wild-battles.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import type { Mode } from '../core/mode.ts';
import type { LeaverPauses } from '../rating/leaver-pauses.ts';
import type { ArenaStore, Match, QueueRequest, SoloOpponent } from './arena-store.ts';
import { type ArenaRules, searchRange } from './matchmaking.ts';
import type { OwnPlaces } from './own-place.ts';
import type { SearchRecorder } from './search-recorder.ts';

export type JoinReply =
  /** `match`: null while the character waits. */
  | { readonly kind: 'joined'; readonly gs: number; readonly match: Match | null }
  | { readonly kind: 'already_queued' }
  | { readonly kind: 'seated' }
  /** The user left rated battles. */
  | { readonly kind: 'paused'; readonly untilMs: number }
  | { readonly kind: 'not_ready' };

export interface ArenaEntryDeps {
  readonly arena: ArenaStore;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly rules: ArenaRules;
  readonly recorder: SearchRecorder;
  /** The users whom a user has blocked; by default nobody. */
  readonly blockedBy?: (userId: number) => Promise<readonly number[]>;
  /** By default no user is paused. */
  readonly pauses?: Pick<LeaverPauses, 'pausedUntil'>;
  /** Sets the story aside that a character is in; by default there are none. */
  readonly leaveStory?: (charId: number) => Promise<void>;
}

interface Solo {
  readonly charId: number;
  readonly mode: Mode;
  readonly matchId: string;
  readonly against: SoloOpponent;
}

/** Candidates that a seeker considers in each direction of GearScore. */
export const CANDIDATE_LIMIT = 50;

/** How characters enter queues and matches. */
export class ArenaEntries {
  readonly #deps: ArenaEntryDeps;
  readonly #places: Pick<OwnPlaces, 'enter'>;

  constructor(deps: ArenaEntryDeps, places: Pick<OwnPlaces, 'enter'>) {
    this.#deps = deps;
    this.#places = places;
  }

  async joinQueue(charId: number, mode: Mode): Promise<JoinReply> {
    const request = await this.#requestFor(charId, mode);
    if (request === null) return { kind: 'not_ready' };
    const { arena, entropy, rules } = this.#deps;
    const matchId = entropy.id();
    const range = searchRange(rules, request, CANDIDATE_LIMIT);
    const [blockedUserIds, untilMs] = await Promise.all([
      this.#blockedBy(request.userId),
      this.#pausedUntil(request.userId),
    ]);
    if (untilMs !== null) return { kind: 'paused', untilMs };
    const terms = { matchId, range, widening: rules.widening, blockedUserIds };
    const join = () => arena.addToQueue(request, terms);
    const reply = await this.#places.enter(request, join, ({ kind }) => kind);
    const { gs, startTimeMs: claimedAtMs } = request;
    if (reply.kind === 'queued') return { kind: 'joined', gs, match: null };
    if (reply.kind !== 'claimed') return { kind: reply.kind };
    const match = { id: matchId, mode, claimedAtMs, seeker: request, opponent: reply.opponent };
    this.#deps.recorder.matched(match);
    return { kind: 'joined', gs, match };
  }

  async startTraining(charId: number, mode: Mode, level: ShadowLevel): Promise<JoinReply> {
    return this.#startAlone({ charId, mode, matchId: this.#deps.entropy.id(), against: { level } });
  }

  async startWild(
    charId: number,
    mode: Mode,
    { id: matchId, monster }: Encounter,
  ): Promise<JoinReply> {
    return this.#startAlone({ charId, mode, matchId, against: { monster } });
  }

  async #startAlone({ charId, mode, matchId, against }: Solo): Promise<JoinReply> {
    const isWild = 'monster' in against;
    const seeker = await this.#requestFor(charId, mode, { keepsStory: isWild });
    if (seeker === null) return { kind: 'not_ready' };
    const { arena, recorder } = this.#deps;
    const { gs, startTimeMs: claimedAtMs } = seeker;
    const match = { id: matchId, mode, claimedAtMs, seeker, opponent: null, ...against };
    const claim = () => arena.claimTraining(match);
    const reply = await this.#places.enter(seeker, claim, (kind) => kind);
    if (reply !== 'claimed') return { kind: reply };
    recorder.matched(match);
    return { kind: 'joined', gs, match };
  }

  async #blockedBy(userId: number | null): Promise<readonly number[]> {
    return userId === null ? [] : ((await this.#deps.blockedBy?.(userId)) ?? []);
  }

  async #pausedUntil(userId: number | null): Promise<number | null> {
    return userId === null ? null : ((await this.#deps.pauses?.pausedUntil(userId)) ?? null);
  }

  /** null: the character has no session, or has not finished onboarding. */
  async #requestFor(
    charId: number,
    mode: Mode,
    { keepsStory = false } = {},
  ): Promise<QueueRequest | null> {
    const account = await this.#deps.accounts.getFullAccount(charId);
    if (account === null || account.state === 'ONBOARDING') return null;
    const isInStory = account.sessions.scenario_id !== null;
    if (isInStory && !keepsStory) await this.#deps.leaveStory?.(charId);
    const { gs } = characterSheet(account);
    const startTimeMs = this.#deps.clock.now();
    return { charId, userId: account.user_id ?? null, mode, gs, startTimeMs };
  }
}
