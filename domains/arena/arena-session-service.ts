import { characterSheet } from '../account/character-sheet.ts';
import type { ShadowLevel } from '../combat/battle.ts';
import type { Encounter } from '../combat/wild-battles.ts';
import { type Mode } from '../core/mode.ts';
import {
  type ArenaEntryDeps,
  ArenaEntries,
  CANDIDATE_LIMIT,
  type JoinReply,
} from './arena-entries.ts';
import {
  type LeaveReply,
  type Match,
  type Place,
  type QueueRequest,
  type Waiting,
  hasWaited,
} from './arena-store.ts';
import {
  type Pair,
  acceptedGs,
  isDueForShadow,
  pairUp,
  rankOpponents,
  searchRange,
  waitedMs,
  windowShare,
} from './matchmaking.ts';
import { OwnPlaces, type OwnPlaceDeps, isSameUser } from './own-place.ts';
import { DEFAULT_GS } from '../../resources/numbers/arena.ts';

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

export interface ArenaSessionDeps extends ArenaEntryDeps {
  readonly findBattle: OwnPlaceDeps['findBattle'];
}

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
  readonly #entries: ArenaEntries;

  constructor(deps: ArenaSessionDeps) {
    this.#deps = deps;
    this.#places = new OwnPlaces(deps);
    this.#entries = new ArenaEntries(deps, this.#places);
  }

  /**
   * Claims the best waiting opponent or adds a request with the GearScore of the character's
   * attributes, in one atomic step. Repeating it changes nothing.
   */
  async joinQueue(charId: number, mode: Mode): Promise<JoinReply> {
    return this.#entries.joinQueue(charId, mode);
  }

  /** Seats a character that neither waits nor fights against its Shadow, in one atomic step. */
  async startTraining(charId: number, mode: Mode, level: ShadowLevel): Promise<JoinReply> {
    return this.#entries.startTraining(charId, mode, level);
  }

  /** As `startTraining`, against a monster; the match has the id of the encounter. */
  async startWild(charId: number, mode: Mode, encounter: Encounter): Promise<JoinReply> {
    return this.#entries.startWild(charId, mode, encounter);
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
   * side that never waited is freed.
   * The match stays listed until both are done, so that another process can finish the work.
   */
  async cancelMatch(match: Match, requeuedIds: readonly number[]): Promise<void> {
    const { arena } = this.#deps;
    for (const side of [match.seeker, match.opponent]) {
      if (side === null) continue;
      const isRequeued = hasWaited(match) && requeuedIds.includes(side.charId);
      await arena.createRequest(side, { matchId: match.id, isRequeued });
    }
    await arena.deleteMatch(match.id);
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
