import type { Mode } from '../core/mode.ts';

/** A place in the queue: hash `{arena}:request:<char_id>`. */
export interface QueueRequest {
  readonly charId: number;
  readonly userId: number | null;
  readonly mode: Mode;
  readonly gs: number;
  readonly startTimeMs: number;
}

/** Somebody who waits, as the matchmaking rules see him. */
export interface Waiting extends QueueRequest {
  readonly lastOpponentId: number | null;
}

/** Two claimed sides (or one, against the Shadow) until their battle exists. The id becomes the battle's. */
export interface Match {
  readonly id: string;
  readonly mode: Mode;
  readonly seeker: QueueRequest;
  /** null: the Shadow fights. */
  readonly opponent: QueueRequest | null;
  readonly claimedAtMs: number;
}

/** What a character is doing in the arena: at most one of these at any time. */
export type Place =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'waiting'; readonly request: QueueRequest }
  | { readonly kind: 'seated'; readonly battleId: string };

export type LeaveReply = 'left' | 'not_queued' | 'seated';
export type ClaimReply = 'claimed' | 'seeker_gone' | 'opponent_gone';

export interface CandidateRange {
  readonly minGs: number;
  readonly maxGs: number;
  /** At most so many, nearest to `aroundGs` first. */
  readonly aroundGs: number;
  readonly limit: number;
}

/** From `afterMs` of waiting, opponents within `share` of one's own GearScore are accepted. */
export interface WideningStep {
  readonly afterMs: number;
  readonly share: number;
}

/** What joining decides by, beside the request itself. */
export interface JoinTerms {
  /** The id of the match if there is an opponent. */
  readonly matchId: string;
  /** Where opponents can be, and how many are looked at each way. */
  readonly range: CandidateRange;
  /** In order of time, beginning at 0. */
  readonly widening: readonly WideningStep[];
  /** Characters that are never taken. */
  readonly excludedIds: readonly number[];
}

/** `claimed`: the newcomer and this opponent are seated under the match's id. */
export type JoinedQueue =
  | { readonly kind: 'queued' | 'already_queued' | 'seated' }
  | { readonly kind: 'claimed'; readonly opponent: QueueRequest };

/** A match that becomes no battle, as one of its sides leaves it. */
export interface CancelledMatch {
  readonly matchId: string;
  /** Whether the side waits again. */
  readonly isRequeued: boolean;
}

/** Queues, requests, matches and seats. Every method that changes two things is one atomic step. */
export interface ArenaStore {
  /** Takes the best opponent and claims both, or adds the newcomer to the queue with a request. */
  addToQueue(request: QueueRequest, terms: JoinTerms): Promise<JoinedQueue>;
  /** Request and queue entry go, unless a match or battle holds the character. */
  removeFromQueue(charId: number, mode: Mode): Promise<LeaveReply>;
  /** Who waits within the range, nearest first each way; entries without a request may be among them. */
  getCandidates(mode: Mode, range: CandidateRange): Promise<{ charId: number; gs: number }[]>;
  /** Puts one side of a failed match back as it waited before; not kept, its seat is only freed. */
  createRequest(request: QueueRequest, match: CancelledMatch): Promise<void>;
  getRequest(charId: number): Promise<QueueRequest | null>;
  /** Removes a queue entry whose request is over at `nowMs`; true if there was one. */
  deleteRequest(charId: number, mode: Mode, nowMs: number): Promise<boolean>;

  /** Takes both or neither, and only while both wait unexpired. Seats both under the match's id. */
  claimMatch(match: Match): Promise<ClaimReply>;
  getPlace(charId: number): Promise<Place>;
  /** The candidates' requests and last opponents; ghosts (entries without a request) are left out. */
  getWaiting(charIds: readonly number[]): Promise<Waiting[]>;
  /** Who waits longest, oldest first; ghosts may be among them. */
  getOldest(mode: Mode, limit: number): Promise<Waiting[]>;
  /** Characters in the queue whose request is over at `nowMs` or is missing. */
  getOverdue(mode: Mode, nowMs: number): Promise<number[]>;
  queueSize(mode: Mode): Promise<number>;

  /** Matches claimed at or before `claimedBeforeMs` whose battle has not been confirmed. */
  getPendingMatches(claimedBeforeMs: number): Promise<Match[]>;
  /** Takes pending matches off the list whose record nobody can read; answers their ids. */
  dropUnreadableMatches(claimedBeforeMs: number): Promise<string[]>;
  /** Whether the match is claimed and its battle not confirmed yet. */
  isPending(matchId: string): Promise<boolean>;
  /** Whose seats a match or battle holds. Looks at every seat there is: for accidents only. */
  getSeated(battleId: string): Promise<number[]>;
  /** The battle exists: the match is over, the seats stay. */
  settleMatch(matchId: string): Promise<void>;
  /** Frees the seat if it is still this battle's: then true. */
  freeSeat(charId: number, battleId: string): Promise<boolean>;
}
