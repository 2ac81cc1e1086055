import { type ArenaState, type Claimed, stateOf } from './arena-state.ts';
import { rankOpponents } from '../../../domains/arena/matchmaking.ts';
import type { Waiting } from '../../../domains/arena/arena-store.ts';
import { type Args, type Wait, at, idIn, sidesFrom } from './script-args.ts';

export interface ScriptCall {
  readonly stem: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

interface ClaimTerms {
  readonly mode: string;
  readonly nowMs: string;
  readonly ttlMs: string;
}

/**
 * A reference model of the arena: requests, seats, and matches without a battle. `run` answers what the
 * Lua script must reply.
 */
export class ArenaModel {
  readonly requests = new Map<string, Wait>();
  /** Queue entries; one may remain after its request has expired. */
  readonly entries = new Map<string, Wait>();
  readonly seats = new Map<string, string>();
  readonly lastOpponents = new Map<string, string>();
  readonly matches = new Map<string, Claimed>();
  readonly battles = new Map<string, { readonly version: string; readonly state: string }>();

  run({ stem, keys, args }: ScriptCall): string {
    const owner = idIn(keys[0] ?? '');
    switch (stem) {
      case 'join-queue':
        return this.#join(args);
      case 'leave-queue':
        return this.#leave(args);
      case 'drop-expired':
        return this.#dropExpired(args);
      case 'claim-match':
        return this.#claim(args);
      case 'claim-training':
        return this.#train(args);
      case 'delete-match':
        return this.matches.delete(at(args, 0)) ? 'deleted' : 'missing';
      case 'restore-request':
        return this.#restore(args);
      case 'free-seat':
        return this.#free(owner, at(args, 0));
      case 'get-place':
        return this.#place(owner);
      case 'create-battle':
        return this.#create(owner, args);
      case 'swap-battle':
        return this.#swap(owner, args);
      default:
        throw new Error(`unknown script ${stem}`);
    }
  }

  expire(charId: string): void {
    this.requests.delete(charId);
  }

  #join(args: Args): string {
    const [charId, startMs, ttlMs, matchId] = [at(args, 0), at(args, 4), at(args, 5), at(args, 8)];
    const wait = { userId: at(args, 1), mode: at(args, 2), gs: at(args, 3), startMs };
    const claimed = this.matches.get(matchId)?.sides[1];
    if (this.seats.get(charId) === matchId && claimed !== undefined) return claimedText(claimed);
    if (this.seats.has(charId)) return 'seated';
    const before = this.requests.get(charId);
    if (before !== undefined && lives(before, startMs, ttlMs)) return repeated(before, wait);
    const other = this.#bestFor([charId, wait], args);
    if (other === null) {
      this.#wait(charId, wait);
      return 'queued';
    }
    this.#seat(matchId, { claimedAtMs: startMs, mode: wait.mode, sides: [[charId, wait], other] });
    return claimedText(other);
  }

  /** By the TypeScript rule over all waiting characters; there are fewer than the script's limit. */
  #bestFor(seeker: readonly [string, Wait], args: Args): readonly [string, Wait] | null {
    const requestTtlMs = Number(at(args, 5));
    const widening = at(args, 13)
      .split(',')
      .map((step) => step.split(':').map(Number))
      .map(([afterMs = 0, share = 0]) => ({ afterMs, share }));
    const nowMs = Number(seeker[1].startMs);
    const isAvailable = ([id, one]: readonly [string, Wait]) =>
      this.entries.has(id) &&
      !this.seats.has(id) &&
      lives(one, seeker[1].startMs, String(requestTtlMs));
    const others = [...this.requests].filter(isAvailable).map((one) => this.#waiting(one));
    const rules = { widening, shadowAfterMs: 0, requestTtlMs };
    const [best] = rankOpponents(rules, { seeker: this.#waiting(seeker), others }, nowMs);
    const id = String(best?.charId);
    const wait = this.requests.get(id);
    return wait === undefined ? null : [id, wait];
  }

  #place(charId: string): string {
    const wait = this.requests.get(charId);
    const fields =
      wait === undefined
        ? []
        : ['start_time', wait.startMs, 'gs', wait.gs, 'mode', wait.mode, 'user_id', wait.userId];
    return ['place', this.seats.get(charId) ?? '', ...fields].join('|');
  }

  #waiting([id, { userId, gs, startMs }]: readonly [string, Wait]): Waiting {
    const last = this.lastOpponents.get(id);
    return {
      charId: Number(id),
      userId: Number(userId),
      mode: '1v1',
      gs: Number(gs),
      startTimeMs: Number(startMs),
      lastOpponentId: last === undefined ? null : Number(last),
      blockedUserIds: [],
    };
  }

  #leave(args: Args): string {
    const charId = at(args, 0);
    if (this.seats.has(charId)) return 'seated';
    this.#leaveLists(charId);
    if (this.requests.get(charId)?.mode !== at(args, 1)) return 'not_queued';
    this.requests.delete(charId);
    return 'left';
  }

  #dropExpired(args: Args): string {
    const [charId, mode] = [at(args, 0), at(args, 1)];
    const request = this.requests.get(charId);
    if (request?.mode === mode) {
      if (lives(request, at(args, 2), at(args, 3))) return 'waiting';
      this.requests.delete(charId);
    }
    return this.#leaveLists(charId) ? 'dropped' : 'gone';
  }

  #claim(args: Args): string {
    const [matchId, mode, claimedAtMs, ttlMs] = [
      at(args, 0),
      at(args, 1),
      at(args, 2),
      at(args, 3),
    ];
    const sides = sidesFrom(args.slice(6), 4, mode);
    const [seeker, opponent] = sides;
    if (seeker === undefined) throw new Error('claim without a seeker');
    if (this.seats.get(seeker[0]) === matchId) return 'claimed';
    const terms = { mode, nowMs: claimedAtMs, ttlMs };
    if (!this.#waits(seeker, terms)) return 'seeker_gone';
    if (opponent !== undefined && !this.#waits(opponent, terms)) return 'opponent_gone';
    this.#seat(matchId, { claimedAtMs, mode, sides });
    return 'claimed';
  }

  #train(args: Args): string {
    const [matchId, mode, nowMs, ttlMs] = [at(args, 0), at(args, 1), at(args, 2), at(args, 3)];
    const [charId, userId, gs] = [at(args, 6), at(args, 7), at(args, 8)];
    const seat = this.seats.get(charId);
    if (seat !== undefined) return seat === matchId ? 'claimed' : 'seated';
    const request = this.requests.get(charId);
    if (request !== undefined && lives(request, nowMs, ttlMs)) return 'already_queued';
    const wait = { userId, mode, gs, startMs: nowMs };
    this.#seat(matchId, { claimedAtMs: nowMs, mode, sides: [[charId, wait]] });
    return 'claimed';
  }

  #seat(matchId: string, match: Claimed): void {
    const [seeker, opponent] = match.sides;
    for (const [charId] of match.sides) this.#sit(charId, matchId);
    if (seeker !== undefined && opponent !== undefined) {
      this.lastOpponents.set(seeker[0], opponent[0]).set(opponent[0], seeker[0]);
    }
    this.matches.set(matchId, match);
  }

  /** Whether the side still waits as when the match was decided; removes an expired request. */
  #waits([charId, decided]: readonly [string, Wait], terms: ClaimTerms): boolean {
    const request = this.requests.get(charId);
    const inMode = request?.mode === terms.mode;
    if (this.seats.has(charId) || !inMode || !lives(request, terms.nowMs, terms.ttlMs)) {
      this.#leaveLists(charId);
      if (inMode) this.requests.delete(charId);
      return false;
    }
    const same = request.startMs === decided.startMs && request.gs === decided.gs;
    return same && this.entries.has(charId);
  }

  #restore(args: Args): string {
    const [matchId, charId, leftMs] = [at(args, 0), at(args, 1), at(args, 6)];
    if (this.seats.get(charId) !== matchId) return 'not_held';
    this.seats.delete(charId);
    if (Number(leftMs) <= 0 || this.requests.has(charId)) return 'freed';
    const wait = { userId: at(args, 2), mode: at(args, 3), gs: at(args, 4), startMs: at(args, 5) };
    this.#wait(charId, wait);
    return 'restored';
  }

  #free(charId: string, battleId: string): string {
    if (this.seats.get(charId) !== battleId) return 'not_held';
    this.seats.delete(charId);
    return 'freed';
  }

  #create(battleId: string, args: Args): string {
    if (this.battles.has(battleId)) return 'exists';
    this.battles.set(battleId, { version: at(args, 0), state: at(args, 1) });
    return 'created';
  }

  #swap(battleId: string, args: Args): string {
    const held = this.battles.get(battleId);
    if (held === undefined) return 'missing';
    const [expected, version, state] = [at(args, 0), at(args, 1), at(args, 2)];
    if (held.version === version && held.state === state) return 'swapped';
    if (held.version !== expected) return `stale|${held.state}`;
    this.battles.set(battleId, { version, state });
    return 'swapped';
  }

  #wait(charId: string, wait: Wait): void {
    this.requests.set(charId, wait);
    this.entries.set(charId, wait);
  }

  #leaveLists(charId: string): boolean {
    return this.entries.delete(charId);
  }

  #sit(charId: string, matchId: string): void {
    this.#leaveLists(charId);
    this.requests.delete(charId);
    this.seats.set(charId, matchId);
  }

  state(): ArenaState {
    return stateOf(this);
  }
}

/** The same request again is a retry after a lost reply. */
function repeated(before: Wait, wait: Wait): string {
  const isSame =
    before.startMs === wait.startMs && before.gs === wait.gs && before.mode === wait.mode;
  return isSame ? 'queued' : 'already_queued';
}

function lives(wait: Wait, nowMs: string, ttlMs: string): boolean {
  return Number(wait.startMs) + Number(ttlMs) > Number(nowMs);
}

function claimedText([charId, { userId, gs, startMs }]: readonly [string, Wait]): string {
  return ['claimed', charId, userId, gs, startMs].join('|');
}
