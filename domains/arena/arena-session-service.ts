import type { AccountStore } from '../account/account-store.ts';
import { characterSheet } from '../account/character-sheet.ts';
import type { ShadowLevel } from '../combat/battle.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import { type Mode } from '../core/mode.ts';
import type { ArenaStore, LeaveReply, Match, Place, QueueRequest, Waiting } from './arena-store.ts';
import {
  type ArenaRules,
  type Pair,
  acceptedGs,
  isDueForShadow,
  pairUp,
  rankOpponents,
  searchRange,
  waitedMs,
  windowShare,
} from './matchmaking.ts';
import type { LeaverPauses } from '../rating/leaver-pauses.ts';
import { OwnPlaces, type OwnPlaceDeps, isSameUser } from './own-place.ts';
import type { SearchRecorder } from './search-recorder.ts';
import { DEFAULT_GS } from '../../resources/numbers/arena.ts';

export type JoinReply =
  /** `match`: null while the character waits. */
  | { readonly kind: 'joined'; readonly gs: number; readonly match: Match | null }
  | { readonly kind: 'already_queued' }
  | { readonly kind: 'seated' }
  /** The user left rated battles. */
  | { readonly kind: 'paused'; readonly untilMs: number }
  | { readonly kind: 'not_ready' };

/** A request and what follows from its wait. */
export interface RequestMeta {
  readonly request: QueueRequest;
  readonly waitedMs: number;
  /** Opponents whose GearScore differs by at most this share of the request's are accepted now. */
  readonly share: number;
  readonly minGs: number;
  readonly maxGs: number;
  readonly shadowAtMs: number;
}

export interface ArenaSessionDeps {
  readonly arena: ArenaStore;
  readonly accounts: AccountStore;
  readonly findBattle: OwnPlaceDeps['findBattle'];
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly rules: ArenaRules;
  readonly recorder: SearchRecorder;
  /** The users whom a user has blocked; by default nobody. */
  readonly blockedBy?: (userId: number) => Promise<readonly number[]>;
  /** By default no user is paused. */
  readonly pauses?: Pick<LeaverPauses, 'pausedUntil'>;
}

/** Candidates that a seeker considers in each direction of GearScore. */
export const CANDIDATE_LIMIT = 50;
/** Claims lost to other processes in a row before a seeker leaves it to the next wave. */
const CLAIM_TRIES = 5;
/** Requests that a wave handles, the longest wait first. */
export const WAVE_LIMIT = 500;
/** A claim without a battle after this time belongs to a process that died. */
const CLAIM_GRACE_MS = 3_000;

/** Queue and match steps over `ArenaStore` and `AccountStore`: raw data, no screens. */
export class ArenaSessionService {
  readonly #deps: ArenaSessionDeps;
  readonly #places: OwnPlaces;

  constructor(deps: ArenaSessionDeps) {
    this.#deps = deps;
    this.#places = new OwnPlaces(deps);
  }

  /**
   * Claims the best waiting opponent or adds a request with the GearScore of the character's
   * attributes, in one atomic step. Repeating it changes nothing.
   */
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

  /** Seats a character that neither waits nor fights against its Shadow, in one atomic step. */
  async startTraining(charId: number, mode: Mode, level: ShadowLevel): Promise<JoinReply> {
    const seeker = await this.#requestFor(charId, mode);
    if (seeker === null) return { kind: 'not_ready' };
    const { arena, entropy, recorder } = this.#deps;
    const { gs, startTimeMs: claimedAtMs } = seeker;
    const match = { id: entropy.id(), mode, claimedAtMs, seeker, opponent: null, level };
    const claim = () => arena.claimTraining(match);
    const reply = await this.#places.enter(seeker, claim, (kind) => kind);
    if (reply !== 'claimed') return { kind: reply };
    recorder.matched(match);
    return { kind: 'joined', gs, match };
  }

  async leaveQueue(charId: number, mode: Mode): Promise<LeaveReply> {
    const { arena, recorder } = this.#deps;
    // One connection runs them in this order: the request is read before it is removed.
    const [request, reply] = await Promise.all([
      arena.getRequest(charId),
      arena.removeFromQueue(charId, mode),
    ]);
    if (reply === 'left' && request !== null) recorder.cancelled(request);
    return reply === 'seated' && !(await this.isBusy(charId)) ? 'not_queued' : reply;
  }

  /** Out of the queue or the seat. Answers the match or battle that the seat was in; null: none. */
  async leaveArena(charId: number, userId: number | null): Promise<string | null> {
    const place = await this.getQueueStatus(charId, userId);
    await this.#places.leave(charId, place);
    return place.kind === 'seated' ? place.battleId : null;
  }

  /**
   * Where the character is; a place of another user's character of the same number counts as nowhere.
   * `userId`: whose it is now; by default its session says so.
   */
  async getQueueStatus(charId: number, userId: number | null = null): Promise<Place> {
    return this.#places.find(charId, userId);
  }

  /** Whether the character is in a queue, a match or a battle. */
  async isBusy(charId: number): Promise<boolean> {
    return (await this.getQueueStatus(charId)).kind !== 'nowhere';
  }

  /**
   * Claims the best opponent: nearest GearScore first, then longest wait. Null if there is none or
   * the seeker does not wait in this mode; `seeker_gone` if another process has claimed the seeker.
   */
  async findOpponent(
    charId: number,
    mode: Mode,
    known: QueueRequest | null = null,
  ): Promise<Match | 'seeker_gone' | null> {
    const request = known ?? (await this.#deps.arena.getRequest(charId));
    if (request?.mode !== mode) return null;
    const opponents = await this.#opponentsOf(request);
    if (opponents === null) return 'seeker_gone';
    for (const [seeker, opponent] of opponents) {
      const claim = await this.prepareMatch(seeker, opponent);
      if (claim !== 'opponent_gone') return claim;
    }
    return null;
  }

  /** The wait of the character and whether the Shadow is due; null if it does not wait. */
  async checkTimeout(
    charId: number,
    userId: number | null = null,
  ): Promise<(RequestMeta & { timedOut: boolean }) | null> {
    const meta = await this.getRequestMeta(charId, userId);
    return meta && { ...meta, timedOut: meta.shadowAtMs <= this.#deps.clock.now() };
  }

  /**
   * Moves seeker and opponent (null: the Shadow) from the queue to their seats and answers the match.
   * If one of them does not wait any more, changes nothing and answers which one is gone.
   */
  async prepareMatch(
    seeker: QueueRequest,
    opponent: QueueRequest | null,
  ): Promise<Match | 'seeker_gone' | 'opponent_gone'> {
    const { arena, clock, entropy, recorder } = this.#deps;
    const claim = { id: entropy.id(), mode: seeker.mode, claimedAtMs: clock.now() };
    const match = { ...claim, seeker, opponent };
    const reply = await arena.claimMatch(match);
    if (reply !== 'claimed') return reply;
    recorder.matched(match);
    return match;
  }

  /** From the live session; `DEFAULT_GS` where there is none. */
  async getGearScore(charId: number): Promise<number> {
    const account = await this.#deps.accounts.getFullAccount(charId);
    return account === null ? DEFAULT_GS : characterSheet(account).gs;
  }

  /** Null also for a request of another user than `userId`. */
  async getRequestMeta(charId: number, userId: number | null = null): Promise<RequestMeta | null> {
    const request = await this.#deps.arena.getRequest(charId);
    const isOwn = userId === null || isSameUser(request?.userId ?? null, { userId });
    return request === null || !isOwn ? null : this.describe(request);
  }

  describe(request: QueueRequest): RequestMeta {
    const { rules, clock } = this.#deps;
    const waited = waitedMs(request, clock.now());
    return {
      request,
      waitedMs: waited,
      share: windowShare(rules, waited),
      ...acceptedGs(rules, request, clock.now()),
      shadowAtMs: request.startTimeMs + rules.shadowAfterMs,
    };
  }

  async getOldest(mode: Mode): Promise<Waiting[]> {
    return this.#deps.arena.getOldest(mode, WAVE_LIMIT);
  }

  /** The pairs that a wave claims, one by one. */
  pairsOf(waiting: readonly Waiting[]): Pair[] {
    return pairUp(this.#deps.rules, waiting, this.#deps.clock.now());
  }

  dueForShadow(waiting: readonly Waiting[]): Waiting[] {
    const { clock, rules } = this.#deps;
    return waiting.filter((one) => isDueForShadow(rules, one, clock.now()));
  }

  /** The requests that still wait and whose window has widened since `sinceMs`. */
  async getWidened(waiting: readonly Waiting[], sinceMs: number): Promise<RequestMeta[]> {
    const { arena, clock, rules } = this.#deps;
    const share = (one: QueueRequest, nowMs: number) => windowShare(rules, waitedMs(one, nowMs));
    const isWider = (one: QueueRequest) => share(one, clock.now()) > share(one, sinceMs);
    const ids = waiting.filter(isWider).map(({ charId }) => charId);
    return (await arena.getWaiting(ids)).filter(isWider).map((one) => this.describe(one));
  }

  /** Removes expired requests; answers their characters. */
  async dropExpired(mode: Mode): Promise<number[]> {
    const { arena, clock, recorder, rules } = this.#deps;
    const nowMs = clock.now();
    const dropped: number[] = [];
    for (const charId of await arena.getOverdue(mode, nowMs)) {
      if (!(await arena.deleteRequest(charId, mode, nowMs))) continue;
      recorder.expired(charId, mode, rules.requestTtlMs);
      dropped.push(charId);
    }
    return dropped;
  }

  /** The window of the side that searched longer, which decided; null: the Shadow fights. */
  acceptedShare({ seeker, opponent, claimedAtMs }: Match): number | null {
    if (opponent === null) return null;
    const longest = Math.max(waitedMs(seeker, claimedAtMs), waitedMs(opponent, claimedAtMs));
    return windowShare(this.#deps.rules, longest);
  }

  /** Matches of processes that died between claim and battle. */
  async getAbandonedMatches(): Promise<Match[]> {
    return this.#deps.arena.getPendingMatches(this.#deps.clock.now() - CLAIM_GRACE_MS);
  }

  /** Removes claimed matches whose record cannot be read; answers their ids. */
  async dropUnreadableMatches(): Promise<string[]> {
    return this.#deps.arena.dropUnreadableMatches(this.#deps.clock.now() - CLAIM_GRACE_MS);
  }

  async deleteMatch(matchId: string): Promise<void> {
    await this.#deps.arena.deleteMatch(matchId);
  }

  /**
   * Puts the sides in `requeuedIds` back into the queue with their old wait, and frees the others. A
   * side that trains never waited and is freed.
   * The match stays listed until both are done, so that another process can finish the work.
   */
  async cancelMatch(match: Match, requeuedIds: readonly number[]): Promise<void> {
    const { arena } = this.#deps;
    for (const side of [match.seeker, match.opponent]) {
      if (side === null) continue;
      const isRequeued = match.level === undefined && requeuedIds.includes(side.charId);
      await arena.createRequest(side, { matchId: match.id, isRequeued });
    }
    await arena.deleteMatch(match.id);
  }

  async #blockedBy(userId: number | null): Promise<readonly number[]> {
    return userId === null ? [] : ((await this.#deps.blockedBy?.(userId)) ?? []);
  }

  async #pausedUntil(userId: number | null): Promise<number | null> {
    return userId === null ? null : ((await this.#deps.pauses?.pausedUntil(userId)) ?? null);
  }

  /** null: the character has no session, or has not finished onboarding. */
  async #requestFor(charId: number, mode: Mode): Promise<QueueRequest | null> {
    const account = await this.#deps.accounts.getFullAccount(charId);
    if (account === null || account.state === 'ONBOARDING') return null;
    const { gs } = characterSheet(account);
    const startTimeMs = this.#deps.clock.now();
    return { charId, userId: account.user_id ?? null, mode, gs, startTimeMs };
  }

  /** The seeker with each of the best opponents, best first; null if the seeker does not wait. */
  async #opponentsOf(request: QueueRequest): Promise<Pair[] | null> {
    const { arena, rules, clock } = this.#deps;
    const { charId, mode } = request;
    const found = await arena.getCandidates(mode, searchRange(rules, request, CANDIDATE_LIMIT));
    const ids = found.map((one) => one.charId).filter((id) => id !== charId);
    // A seeker who waits is among the candidates.
    if (ids.length === 0) return found.length === 0 ? null : [];
    const waiting = await arena.getWaiting([charId, ...ids]);
    const seeker = waiting.find((one) => one.charId === charId);
    if (seeker === undefined) return null;
    const others = waiting.filter((one) => one !== seeker);
    const ranked = rankOpponents(rules, { seeker, others }, clock.now());
    return ranked.slice(0, CLAIM_TRIES).map((opponent): Pair => [seeker, opponent]);
  }
}
