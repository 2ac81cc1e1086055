import type { AccountStore } from '../account/account-store.ts';
import { characterSheet } from '../account/character-sheet.ts';
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
import { DEFAULT_GS } from '../../resources/numbers/arena.ts';

export type JoinReply =
  /** `match` is null while the character waits. */
  | { readonly kind: 'joined'; readonly gs: number; readonly match: Match | null }
  | { readonly kind: 'already_queued' }
  | { readonly kind: 'seated' }
  | { readonly kind: 'not_ready' };

/** A place in the queue as its owner wants to see it. */
export interface RequestMeta {
  readonly request: QueueRequest;
  readonly waitedMs: number;
  /** Opponents within this share of one's GearScore are accepted now. */
  readonly share: number;
  readonly minGs: number;
  readonly maxGs: number;
  readonly shadowAtMs: number;
}

/** How long somebody has waited, and whether the Shadow is due. */
export interface WaitCheck {
  readonly request: QueueRequest;
  readonly waitedMs: number;
  readonly timedOut: boolean;
}

export interface ArenaSessionDeps {
  readonly arena: ArenaStore;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly rules: ArenaRules;
}

/** How many nearest candidates a seeker looks at each way, and how many waiting ones a wave pairs. */
export const CANDIDATE_LIMIT = 50;
/** So many claims lost to others in a row: the crowd is being served, and the wave comes soon. */
const CLAIM_TRIES = 5;
export const WAVE_LIMIT = 500;
/** A claim whose battle does not exist after so long belongs to a process that died. */
const CLAIM_GRACE_MS = 3_000;

/** Queue and match steps over `ArenaStore` and `AccountStore`: raw data, no screens. */
export class ArenaSessionService {
  readonly #deps: ArenaSessionDeps;

  constructor(deps: ArenaSessionDeps) {
    this.#deps = deps;
  }

  /**
   * Takes the best opponent who waits, or a place in the queue with the GearScore of the character's
   * attributes, in one atomic step. Repeating changes nothing.
   */
  async joinQueue(charId: number, mode: Mode): Promise<JoinReply> {
    const request = await this.#requestFor(charId, mode);
    if (request === null) return { kind: 'not_ready' };
    const { arena, entropy, rules } = this.#deps;
    const matchId = entropy.id();
    const range = searchRange(rules, request, CANDIDATE_LIMIT);
    const terms = { matchId, range, widening: rules.widening, excludedIds: [] };
    const reply = await arena.addToQueue(request, terms);
    if (reply.kind === 'queued') return { kind: 'joined', gs: request.gs, match: null };
    if (reply.kind !== 'claimed') return { kind: reply.kind };
    const claim = { id: matchId, claimedAtMs: request.startTimeMs };
    return { kind: 'joined', gs: request.gs, match: matchOf([request, reply.opponent], claim) };
  }

  async leaveQueue(charId: number, mode: Mode): Promise<LeaveReply> {
    return this.#deps.arena.removeFromQueue(charId, mode);
  }

  async getQueueStatus(charId: number): Promise<Place> {
    return this.#deps.arena.getPlace(charId);
  }

  /** Whether anything in the arena holds the character: a queue, a match or a battle. */
  async isBusy(charId: number): Promise<boolean> {
    return (await this.getQueueStatus(charId)).kind !== 'nowhere';
  }

  /**
   * Claims the best opponent there is: nearest GearScore first, then longest wait. Null if nobody
   * suits or the seeker does not wait in this mode; `seeker_gone` if they have been taken meanwhile.
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
      if (claim === 'seeker_gone') return claim;
      if (claim !== 'opponent_gone') return claim;
    }
    return null;
  }

  /** The wait of the character and whether the Shadow is due; null if it does not wait. */
  async checkTimeout(charId: number): Promise<WaitCheck | null> {
    const meta = await this.getRequestMeta(charId);
    if (meta === null) return null;
    const now = this.#deps.clock.now();
    return {
      request: meta.request,
      waitedMs: meta.waitedMs,
      timedOut: isDueForShadow(this.#deps.rules, meta.request, now),
    };
  }

  /**
   * Takes both (or the one, when the Shadow is the opponent) out of queue and requests, seats them
   * and answers the match; else who was taken or left meanwhile, and nothing was changed.
   */
  async prepareMatch(
    seeker: QueueRequest,
    opponent: QueueRequest | null,
  ): Promise<Match | 'seeker_gone' | 'opponent_gone'> {
    const claimedAtMs = this.#deps.clock.now();
    const match = matchOf([seeker, opponent], { id: this.#deps.entropy.id(), claimedAtMs });
    const reply = await this.#deps.arena.claimMatch(match);
    return reply === 'claimed' ? match : reply;
  }

  /** GearScore from the attributes of the live session; `DEFAULT_GS` where there is none. */
  async getGearScore(charId: number): Promise<number> {
    const attributes = await this.#deps.accounts.getAttributes(charId);
    return attributes === null ? DEFAULT_GS : characterSheet({ archetype: null, attributes }).gs;
  }

  async getRequestMeta(charId: number): Promise<RequestMeta | null> {
    const request = await this.#deps.arena.getRequest(charId);
    return request === null ? null : this.describe(request);
  }

  /** A request as its owner wants to see it now. */
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

  /** Whom a wave looks after: who has waited longest. */
  async getOldest(mode: Mode): Promise<Waiting[]> {
    return this.#deps.arena.getOldest(mode, WAVE_LIMIT);
  }

  /** The couples that a wave makes, to be claimed one by one. */
  pairsOf(waiting: readonly Waiting[]): Pair[] {
    return pairUp(this.#deps.rules, waiting, this.#deps.clock.now());
  }

  /** Those who have waited long enough for the Shadow. */
  dueForShadow(waiting: readonly Waiting[]): Waiting[] {
    const { clock, rules } = this.#deps;
    return waiting.filter((one) => isDueForShadow(rules, one, clock.now()));
  }

  /** Those who still wait and whose window has become wider since `sinceMs`. */
  async getWidened(waiting: readonly Waiting[], sinceMs: number): Promise<RequestMeta[]> {
    const { arena, clock, rules } = this.#deps;
    const share = (one: QueueRequest, nowMs: number) => windowShare(rules, waitedMs(one, nowMs));
    const isWider = (one: QueueRequest) => share(one, clock.now()) > share(one, sinceMs);
    const ids = waiting.filter(isWider).map(({ charId }) => charId);
    return (await arena.getWaiting(ids)).filter(isWider).map((one) => this.describe(one));
  }

  /** Removes requests whose life is over; answers whose they were. */
  async dropExpired(mode: Mode): Promise<number[]> {
    const { arena, clock } = this.#deps;
    const nowMs = clock.now();
    const dropped: number[] = [];
    for (const charId of await arena.getOverdue(mode, nowMs)) {
      if (await arena.deleteRequest(charId, mode, nowMs)) dropped.push(charId);
    }
    return dropped;
  }

  /** Matches left behind by a process that died between claim and battle. */
  async getAbandonedMatches(): Promise<Match[]> {
    return this.#deps.arena.getPendingMatches(this.#deps.clock.now() - CLAIM_GRACE_MS);
  }

  /** Claimed matches of which nobody can tell who fights whom; they are off the list now. */
  async dropUnreadableMatches(): Promise<string[]> {
    return this.#deps.arena.dropUnreadableMatches(this.#deps.clock.now() - CLAIM_GRACE_MS);
  }

  async settleMatch(matchId: string): Promise<void> {
    await this.#deps.arena.settleMatch(matchId);
  }

  /**
   * The battle cannot be made: those in `keep` wait again as before. The match stays listed until both
   * sides are done, so that another process finishes what this one began.
   */
  async cancelMatch(match: Match, keep: readonly number[]): Promise<void> {
    const { arena } = this.#deps;
    for (const side of [match.seeker, match.opponent]) {
      if (side === null) continue;
      const isRequeued = keep.includes(side.charId);
      await arena.createRequest(side, { matchId: match.id, isRequeued });
    }
    await arena.settleMatch(match.id);
  }

  /** The request of somebody who may join; null if he has no session that can. */
  async #requestFor(charId: number, mode: Mode): Promise<QueueRequest | null> {
    const account = await this.#deps.accounts.getFullAccount(charId);
    if (account === null || account.state === 'ONBOARDING') return null;
    const { gs } = characterSheet(account);
    return {
      charId,
      userId: account.user_id ?? null,
      mode,
      gs,
      startTimeMs: this.#deps.clock.now(),
    };
  }

  /**
   * The seeker with each of the best opponents, best first; null if they do not wait any more. Requests
   * are read only if there are candidates.
   */
  async #opponentsOf(request: QueueRequest): Promise<Pair[] | null> {
    const { arena, rules, clock } = this.#deps;
    const { charId, mode } = request;
    const found = await arena.getCandidates(mode, searchRange(rules, request, CANDIDATE_LIMIT));
    const ids = found.map((one) => one.charId).filter((id) => id !== charId);
    // Whoever waits is their own nearest candidate.
    if (ids.length === 0) return found.length === 0 ? null : [];
    const waiting = await arena.getWaiting([charId, ...ids]);
    const seeker = waiting.find((one) => one.charId === charId);
    if (seeker === undefined) return null;
    const others = waiting.filter((one) => one !== seeker);
    const ranked = rankOpponents(rules, { seeker, others }, clock.now());
    return ranked.slice(0, CLAIM_TRIES).map((opponent): Pair => [seeker, opponent]);
  }
}

/** The match of a seeker and an opponent; null is the Shadow. */
function matchOf(
  [seeker, opponent]: readonly [QueueRequest, QueueRequest | null],
  claim: { readonly id: string; readonly claimedAtMs: number },
): Match {
  return {
    ...{ id: claim.id, mode: seeker.mode, claimedAtMs: claim.claimedAtMs },
    seeker: requestOf(seeker),
    opponent: opponent === null ? null : requestOf(opponent),
  };
}

/** A match stores the request alone, without what matchmaking knew beside it. */
function requestOf({ charId, userId, mode, gs, startTimeMs }: QueueRequest): QueueRequest {
  return { charId, userId, mode, gs, startTimeMs };
}
