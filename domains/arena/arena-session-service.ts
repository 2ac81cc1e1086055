import type { AccountStore } from '../account/account-store.ts';
import { gearScore } from '../account/gear-score.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import { type Mode } from '../core/mode.ts';
import type { ArenaStore, LeaveReply, Match, Place, QueueRequest, Waiting } from './arena-store.ts';
import { matchOf } from './admission.ts';
import { type AfterTurn, type Arrived, Arrivals } from './arrivals.ts';
import {
  type ArenaRules,
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
  | { readonly kind: 'joined'; readonly gs: number }
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

export interface ArenaSessionDeps {
  readonly arena: ArenaStore;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly rules: ArenaRules;
  /** By default the event loop's own turns. */
  readonly afterTurn?: AfterTurn;
}

/** How many nearest candidates a seeker looks at, and how many waiting ones a wave pairs. */
export const CANDIDATES = 50;
/** So many claims lost to others in a row: the crowd is being served, and the wave comes soon. */
const CLAIM_TRIES = 5;
export const WAVE = 500;
/** A claim whose battle does not exist after so long belongs to a process that died. */
const CLAIM_GRACE_MS = 3_000;

/** Queue and match steps over `ArenaStore` and `AccountStore`: raw data, no screens. */
export class ArenaSessionService {
  readonly #deps: ArenaSessionDeps;
  readonly #arrivals: Arrivals;

  constructor(deps: ArenaSessionDeps) {
    this.#deps = deps;
    this.#arrivals = new Arrivals({ afterTurn: setImmediate, ...deps });
  }

  /** Puts the character in the queue with the GearScore of its attributes. Repeating changes nothing. */
  async joinQueue(charId: number, mode: Mode): Promise<JoinReply> {
    const request = await this.#requestFor(charId, mode);
    if (request === null) return { kind: 'not_ready' };
    const reply = await this.#deps.arena.enqueue(request);
    return reply === 'queued' ? { kind: 'joined', gs: request.gs } : { kind: reply };
  }

  /** `joinQueue` and `findOpponent` in one: who is matched at once need not wait first. */
  async joinAndFind(
    charId: number,
    mode: Mode,
  ): Promise<{ readonly joined: JoinReply; readonly match: Match | null }> {
    const request = await this.#requestFor(charId, mode);
    if (request === null) return { joined: { kind: 'not_ready' }, match: null };
    const arrived = await this.#arrivals.arrive(request);
    const reply =
      arrived.kind === 'turned_down' ? await this.#deps.arena.enqueue(request) : arrived.kind;
    if (reply === 'already_queued' || reply === 'seated') {
      return { joined: { kind: reply }, match: null };
    }
    return {
      joined: { kind: 'joined', gs: request.gs },
      match: await this.#matchOnArrival(request, arrived),
    };
  }

  async leaveQueue(charId: number, mode: Mode): Promise<LeaveReply> {
    return this.#deps.arena.leave(charId, mode);
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
   * suits or the seeker himself no longer waits.
   */
  async findOpponent(charId: number, mode: Mode): Promise<Match | null> {
    const [seeker] = await this.#deps.arena.getWaiting([charId]);
    if (seeker?.mode !== mode) return null;
    return this.#find(seeker);
  }

  /** How long the character has waited and whether the Shadow is due; null if it does not wait. */
  async checkTimeout(charId: number): Promise<{ waitedMs: number; timedOut: boolean } | null> {
    const meta = await this.getRequestMeta(charId);
    if (meta === null) return null;
    const now = this.#deps.clock.now();
    return {
      waitedMs: meta.waitedMs,
      timedOut: isDueForShadow(this.#deps.rules, meta.request, now),
    };
  }

  /**
   * Takes both (or the one, when the Shadow is the opponent) out of queue and requests, seats them
   * and answers the match. Null if either was taken or left meanwhile: then nothing was changed.
   */
  async prepareMatch(charId: number, opponentId: number | null, mode: Mode): Promise<Match | null> {
    const ids = opponentId === null ? [charId] : [charId, opponentId];
    const waiting = await this.#deps.arena.getWaiting(ids);
    const seeker = waiting.find((one) => one.charId === charId);
    const opponent = waiting.find((one) => one.charId === opponentId) ?? null;
    if (seeker?.mode !== mode || (opponentId !== null && opponent === null)) return null;
    const claim = await this.#claim(seeker, opponent);
    return typeof claim === 'string' ? null : claim;
  }

  /** GearScore from the attributes of the live session; `DEFAULT_GS` where there is none. */
  async getGearScore(charId: number): Promise<number> {
    const attributes = await this.#deps.accounts.getAttributes(charId);
    return attributes === null ? DEFAULT_GS : gearScore(attributes);
  }

  async getRequestMeta(charId: number): Promise<RequestMeta | null> {
    const place = await this.#deps.arena.getPlace(charId);
    return place.kind === 'waiting' ? this.#metaOf(place.request) : null;
  }

  /** Whom a wave looks after: who has waited longest. */
  async getOldest(mode: Mode): Promise<Waiting[]> {
    return this.#deps.arena.getOldest(mode, WAVE);
  }

  /** One wave: the couples of everybody who waits, claimed. */
  async pairWaiting(waiting: readonly Waiting[]): Promise<Match[]> {
    const matches: Match[] = [];
    for (const [seeker, opponent] of pairUp(this.#deps.rules, waiting, this.#deps.clock.now())) {
      const claim = await this.#claim(seeker, opponent);
      if (typeof claim !== 'string') matches.push(claim);
    }
    return matches;
  }

  /** Claims for the Shadow whoever has waited for it long enough. */
  async claimForShadow(waiting: readonly Waiting[]): Promise<Match[]> {
    const { clock, rules } = this.#deps;
    const matches: Match[] = [];
    for (const seeker of waiting.filter((one) => isDueForShadow(rules, one, clock.now()))) {
      const claim = await this.#claim(seeker, null);
      if (typeof claim !== 'string') matches.push(claim);
    }
    return matches;
  }

  /** Those who still wait and whose window has become wider since `sinceMs`. */
  async getWidened(waiting: readonly Waiting[], sinceMs: number): Promise<RequestMeta[]> {
    const { arena, clock, rules } = this.#deps;
    const share = (one: QueueRequest, nowMs: number) => windowShare(rules, waitedMs(one, nowMs));
    const isWider = (one: QueueRequest) => share(one, clock.now()) > share(one, sinceMs);
    const ids = waiting.filter(isWider).map(({ charId }) => charId);
    return (await arena.getWaiting(ids)).filter(isWider).map((one) => this.#metaOf(one));
  }

  /** Removes requests whose life is over; answers whose they were. */
  async dropExpired(mode: Mode): Promise<number[]> {
    return this.#deps.arena.dropExpired(mode, this.#deps.clock.now());
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

  /** The battle cannot be made: those in `keep` wait again as if nothing had happened. */
  async returnMatch(match: Match, keep: readonly number[]): Promise<void> {
    await this.#deps.arena.returnMatch(match, keep);
  }

  /** The request of somebody who may join; null if he has no session that can. */
  async #requestFor(charId: number, mode: Mode): Promise<QueueRequest | null> {
    const account = await this.#deps.accounts.getFullAccount(charId);
    if (account === null || account.state === 'ONBOARDING') return null;
    const gs = gearScore(account.attributes);
    return {
      charId,
      userId: account.user_id ?? null,
      mode,
      gs,
      startTimeMs: this.#deps.clock.now(),
    };
  }

  async #matchOnArrival(request: QueueRequest, arrived: Arrived): Promise<Match | null> {
    if (arrived.kind === 'matched') return arrived.match;
    if (arrived.kind !== 'queued') return this.findOpponent(request.charId, request.mode);
    return arrived.seesSomebody ? this.#find(arrived.seeker) : null;
  }

  async #find(seeker: Waiting): Promise<Match | null> {
    const opponents = await this.#opponentsOf(seeker);
    const claim = await this.#claimFirst(seeker, opponents.slice(0, CLAIM_TRIES));
    return typeof claim === 'string' ? null : claim;
  }

  async #claimFirst(
    seeker: Waiting,
    opponents: readonly Waiting[],
  ): Promise<Match | 'seeker_gone' | 'nobody'> {
    for (const opponent of opponents) {
      const claim = await this.#claim(seeker, opponent);
      if (claim !== 'opponent_gone') return claim;
    }
    return 'nobody';
  }

  async #opponentsOf(seeker: Waiting): Promise<Waiting[]> {
    const { arena, rules, clock } = this.#deps;
    const sight = await arena.look(seeker.mode, searchRange(rules, seeker, CANDIDATES));
    return rankOpponents(rules, { seeker, others: sight.others }, clock.now());
  }

  async #claim(
    seeker: QueueRequest,
    opponent: QueueRequest | null,
  ): Promise<Match | 'seeker_gone' | 'opponent_gone'> {
    const claimedAtMs = this.#deps.clock.now();
    const match = matchOf([seeker, opponent], { id: this.#deps.entropy.id(), claimedAtMs });
    const reply = await this.#deps.arena.claimMatch(match);
    return reply === 'claimed' ? match : reply;
  }

  #metaOf(request: QueueRequest): RequestMeta {
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
}
