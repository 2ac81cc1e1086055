import type { ShadowLevel } from '../combat/battle.ts';
import type { Monster } from '../combat/monster.ts';
import type { Mode } from '../core/mode.ts';

/** A place in the queue: hash `{arena}:request:<char_id>`. */
export interface QueueRequest {
  readonly charId: number;
  readonly userId: number | null;
  readonly mode: Mode;
  readonly gs: number;
  readonly startTimeMs: number;
}

/** A request with what matchmaking needs beside it. */
export interface Waiting extends QueueRequest {
  readonly lastOpponentId: number | null;
  /** The users whom this one has blocked. */
  readonly blockedUserIds: readonly number[];
}

/** Claimed sides until their battle exists; the battle takes over the id. */
export interface Match {
  readonly id: string;
  readonly mode: Mode;
  readonly seeker: QueueRequest;
  /** null: the Shadow or a monster fights. */
  readonly opponent: QueueRequest | null;
  readonly claimedAtMs: number;
  /** The level of the Shadow that was chosen in training; absent in matches from the queue. */
  readonly level?: ShadowLevel;
  /** The monster that fights; absent in all other matches. */
  readonly monster?: Monster;
}

/** The level of a Shadow in training, or a monster. */
export type SoloOpponent = { readonly level: ShadowLevel } | { readonly monster: Monster };

/** A match of a character that never waited, against its Shadow or a monster. */
export type SoloMatch = Omit<Match, 'level' | 'monster'> & {
  readonly opponent: null;
} & SoloOpponent;

/** Whether the sides came from the queue. */
export function hasWaited({ level, monster }: Match): boolean {
  return level === undefined && monster === undefined;
}

/** Where a character is in the arena: exactly one of these at any time. */
export type Place =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'waiting'; readonly request: QueueRequest }
  | { readonly kind: 'seated'; readonly battleId: string };

export type LeaveReply = 'left' | 'not_queued' | 'seated';
export type ClaimReply = 'claimed' | 'seeker_gone' | 'opponent_gone';
export type TrainingReply = 'claimed' | 'already_queued' | 'seated';

export interface CandidateRange {
  readonly minGs: number;
  readonly maxGs: number;
  /** At most so many, nearest to `aroundGs` first. */
  readonly aroundGs: number;
  readonly limit: number;
}

/** After `afterMs` of waiting, opponents within this share of the own GearScore are accepted. */
export interface WideningStep {
  readonly afterMs: number;
  readonly share: number;
}

export interface JoinTerms {
  /** Id of the match, should there be an opponent. */
  readonly matchId: string;
  /** Where opponents can be; `limit` counts in each direction of GearScore. */
  readonly range: CandidateRange;
  /** Ordered by time, starting at 0. */
  readonly widening: readonly WideningStep[];
  /** Users whom the one who joins has blocked: their characters are never claimed. */
  readonly blockedUserIds: readonly number[];
}

/** `claimed`: both are seated under the id of the match. */
export type JoinedQueue =
  | { readonly kind: 'queued' | 'already_queued' | 'seated' }
  | { readonly kind: 'claimed'; readonly opponent: QueueRequest };

/** A match without a battle, for one of its sides. */
export interface CancelledMatch {
  readonly matchId: string;
  readonly isRequeued: boolean;
}

/** Queues, requests, matches and seats. Every write is one atomic step. */
export interface ArenaStore {
  /** Claims the best opponent, or adds a request to the queue. */
  addToQueue(request: QueueRequest, terms: JoinTerms): Promise<JoinedQueue>;
  removeFromQueue(charId: number, mode: Mode): Promise<LeaveReply>;
  /** Queue entries in the range, nearest first; some may have no request any more. */
  getCandidates(mode: Mode, range: CandidateRange): Promise<{ charId: number; gs: number }[]>;
  /** Frees the seat of one side of a cancelled match and, if requeued, restores its old request. */
  createRequest(request: QueueRequest, match: CancelledMatch): Promise<void>;
  getRequest(charId: number): Promise<QueueRequest | null>;
  /** Removes a queue entry whose request has expired at `nowMs`; true if there was one. */
  deleteRequest(charId: number, mode: Mode, nowMs: number): Promise<boolean>;

  /** Seats both sides under the id of the match, or neither if one of them does not wait. */
  claimMatch(match: Match): Promise<ClaimReply>;
  /** Seats a character that neither waits nor fights. */
  claimTraining(match: SoloMatch): Promise<TrainingReply>;
  getPlace(charId: number): Promise<Place>;
  /** Leaves out characters that have no request. */
  getWaiting(charIds: readonly number[]): Promise<Waiting[]>;
  /** The longest wait first; leaves out entries that have no request. */
  getOldest(mode: Mode, limit: number): Promise<Waiting[]>;
  /** Characters in the queue whose request has expired at `nowMs` or is missing. */
  getOverdue(mode: Mode, nowMs: number): Promise<number[]>;
  queueSize(mode: Mode): Promise<number>;

  /** A claimed match whose battle does not exist yet; null if there is none or it cannot be read. */
  getMatch(matchId: string): Promise<Match | null>;
  /** Matches claimed at or before `claimedBeforeMs` whose battle does not exist yet. */
  getPendingMatches(claimedBeforeMs: number): Promise<Match[]>;
  /** Removes pending matches whose record cannot be read; answers their ids. */
  dropUnreadableMatches(claimedBeforeMs: number): Promise<string[]>;
  /** Whether the match is claimed and its battle does not exist yet. */
  isPending(matchId: string): Promise<boolean>;
  /** Characters seated by this match or battle; `alsoAsk` for one whose claim did not list its sides. */
  getSeated(battleId: string, alsoAsk?: readonly number[]): Promise<number[]>;
  /** Ends the match because its battle exists; the seats stay. */
  deleteMatch(matchId: string): Promise<void>;
  /** True if the seat was still held by this battle. */
  freeSeat(charId: number, battleId: string): Promise<boolean>;
}
