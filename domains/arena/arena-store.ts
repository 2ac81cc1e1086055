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

export type EnqueueReply = 'queued' | 'already_queued' | 'seated';
export type LeaveReply = 'left' | 'not_queued' | 'seated';
export type ClaimReply = 'claimed' | 'seeker_gone' | 'opponent_gone';

/**
 * Where sight ends: whoever is not seen is at least this far by GearScore, and of those just so far
 * nobody has waited since before `startTimeMs`.
 */
export interface Horizon {
  readonly distance: number;
  readonly startTimeMs: number;
}

/** Who waits around somebody; without a horizon they are all there are in the range asked for. */
export interface Sight {
  readonly others: readonly Waiting[];
  readonly horizon: Horizon | null;
}

export interface CandidateRange {
  readonly minGs: number;
  readonly maxGs: number;
  /** At most so many, nearest to `aroundGs` first. */
  readonly aroundGs: number;
  readonly limit: number;
}

/** Somebody who wants to join, and where his opponents can be. */
export interface Arrival {
  readonly request: QueueRequest;
  readonly range: CandidateRange;
}

/** Somebody who wants to join, as he would wait. */
export interface Surveyed {
  readonly seeker: Waiting;
  /** Who waits around him; null if it could not be told. */
  readonly sight: Sight | null;
}

/** How newcomers come in: one who waits, or one who is matched and never waited. */
export type Admission =
  | { readonly kind: 'waits'; readonly newcomer: Waiting }
  | {
      readonly kind: 'meets';
      readonly match: Match;
      /** As he waits; null if he is a newcomer himself. */
      readonly waiting: Waiting | null;
    };

/**
 * `already_queued` and `seated` are the newcomer's own, or the seeker's; of an opponent who is not
 * as he was seen to be, whether he waited or is a newcomer, it is said that he is gone.
 */
export type AdmissionReply = EnqueueReply | 'claimed' | 'opponent_gone';

/** One admission among others could not be carried out. */
export interface AdmissionFailure {
  readonly cause: unknown;
}

/** Queues, requests, matches and seats. Every method that changes two things is one atomic step. */
export interface ArenaStore {
  // The seeds' own: one key each.
  addToQueue(charId: number, mode: Mode, gs: number): Promise<void>;
  /** True if he was still there: whoever gets true has taken him. */
  removeFromQueue(charId: number, mode: Mode): Promise<boolean>;
  getCandidates(mode: Mode, range: CandidateRange): Promise<{ charId: number; gs: number }[]>;
  getScore(charId: number, mode: Mode): Promise<number | null>;
  createRequest(request: QueueRequest): Promise<void>;
  getRequest(charId: number): Promise<QueueRequest | null>;
  deleteRequest(charId: number): Promise<void>;

  // Atomic steps.
  /** Request and queue entry at once, unless he already waits (in any mode) or is seated. */
  enqueue(request: QueueRequest): Promise<EnqueueReply>;
  /** Who waits nearest around each of those who want to join, at most `limit` each way. */
  survey(mode: Mode, arrivals: readonly Arrival[]): Promise<Surveyed[]>;
  /** Lets newcomers in, all in one step; each admission stands alone, nobody may be in two. */
  letIn(
    mode: Mode,
    admissions: readonly Admission[],
    nowMs: number,
  ): Promise<(AdmissionReply | AdmissionFailure)[]>;
  leave(charId: number, mode: Mode): Promise<LeaveReply>;
  /** Takes both or neither, and only while both wait unexpired. Seats both under the match's id. */
  claimMatch(match: Match): Promise<ClaimReply>;
  getPlace(charId: number): Promise<Place>;
  /** The candidates' requests and last opponents; ghosts (entries without a request) are left out. */
  getWaiting(charIds: readonly number[]): Promise<Waiting[]>;
  /** Who waits within the range, nearest first each way; ghosts may be among them. */
  look(mode: Mode, range: CandidateRange): Promise<Sight>;
  /** Who waits longest, oldest first; ghosts may be among them. */
  getOldest(mode: Mode, limit: number): Promise<Waiting[]>;
  /** Removes queue entries whose request ended before `nowMs`; answers who they were. */
  dropExpired(mode: Mode, nowMs: number): Promise<number[]>;
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
  /** No battle can be made: the sides named go back to the queue with their old start time, all seats are freed. */
  returnMatch(match: Match, keep: readonly number[]): Promise<void>;
  /** Frees the seat if it is still this battle's: then true. */
  freeSeat(charId: number, battleId: string): Promise<boolean>;
}
