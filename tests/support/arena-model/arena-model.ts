import { type ArenaState, type Claimed, stateOf } from './arena-state.ts';
import { type Card, cardsAround, lineOf } from './card-line.ts';
import {
  type Args,
  type AskedMeeting,
  type Wait,
  admissionsIn,
  at,
  idIn,
  sideIn,
  sidesFrom,
} from './script-args.ts';

export interface ScriptCall {
  readonly stem: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

interface Asked {
  readonly mode: string;
  readonly nowMs: string;
  readonly ttlMs: string;
}

/**
 * The queue as one would tell it: who waits, who sits where, which matches are without a battle.
 * Each script is one sentence of it; what it replies, the script must reply.
 */
export class ArenaModel {
  readonly requests = new Map<string, Wait>();
  /** Places in the queue, by GearScore and by start of the wait; a ghost has one without a request. */
  readonly entries = new Map<string, Wait>();
  /** What is handed to whoever looks around: one of everybody who has a place in the queue. */
  readonly cards = new Map<string, Card>();
  readonly seats = new Map<string, string>();
  readonly lastOpponents = new Map<string, string>();
  readonly matches = new Map<string, Claimed>();
  readonly battles = new Map<string, { readonly version: string; readonly state: string }>();

  play({ stem, keys, args }: ScriptCall): string {
    const owner = idIn(keys[0] ?? '');
    switch (stem) {
      case 'enqueue':
        return this.#enqueue(args);
      case 'look-around':
        return this.#lookAround(keys.slice(2).map(idIn), args);
      case 'let-in':
        return this.#letIn(args);
      case 'leave-queue':
        return this.#leave(args);
      case 'drop-expired':
        return this.#dropExpired(args);
      case 'claim-match':
        return this.#claim(args);
      case 'settle-match':
        return this.matches.delete(at(args, 0)) ? 'settled' : 'missing';
      case 'return-match':
        return this.#return(args);
      case 'free-seat':
        return this.#free(owner, at(args, 0));
      case 'create-battle':
        return this.#create(owner, args);
      case 'swap-battle':
        return this.#swap(owner, args);
      default:
        throw new Error(`The model knows no ${stem}`);
    }
  }

  /** Redis drops a request whose life is over, and tells nobody. */
  forget(charId: string): void {
    this.requests.delete(charId);
  }

  #enqueue(args: Args): string {
    const [charId, startMs] = [at(args, 0), at(args, 4)];
    if (this.seats.has(charId)) return 'seated';
    const before = this.requests.get(charId);
    const wait = { userId: at(args, 1), mode: at(args, 2), gs: at(args, 3), startMs };
    if (before !== undefined && lives(before, startMs, at(args, 5))) return repeated(before, wait);
    this.#wait(charId, wait);
    return 'queued';
  }

  #lookAround(charIds: readonly string[], args: Args): string {
    const line = lineOf(this.cards.values());
    const told = charIds.map((charId, index) => {
      const around = cardsAround(line, Number(at(args, 0)), at(args, index + 1));
      return [this.lastOpponents.get(charId) ?? '', ...around].join('|');
    });
    return ['all', ...told].join('|');
  }

  #letIn(args: Args): string {
    const [mode, nowMs, ttlMs] = [at(args, 0), at(args, 1), at(args, 2)];
    const asked = { mode, nowMs, ttlMs };
    return admissionsIn(args)
      .map((one) => {
        if (one.matchId === null) return this.#letWait(one.cards[0] ?? '', asked);
        return this.#letMeet({ ...one, matchId: one.matchId }, asked);
      })
      .join(' ');
  }

  #letWait(card: string, asked: Asked): string {
    const [charId, wait] = sideIn(card, asked.mode);
    const obstacle = this.#obstacle(charId, asked);
    const before = this.requests.get(charId);
    if (obstacle === 'already_queued' && before !== undefined) return repeated(before, wait);
    if (obstacle !== null) return obstacle;
    this.#wait(charId, wait, card);
    return 'queued';
  }

  #letMeet(one: AskedMeeting, asked: Asked): string {
    const { matchId, isOpponentNew } = one;
    const sides = one.cards.map((card) => sideIn(card, asked.mode));
    const [seeker, opponent] = sides;
    if (seeker === undefined || opponent === undefined) throw new Error('A match has two sides');
    if (this.seats.get(seeker[0]) === matchId) return 'claimed';
    const obstacle = this.#obstacle(seeker[0], asked);
    if (obstacle !== null) return obstacle;
    const isThere = isOpponentNew
      ? this.#obstacle(opponent[0], asked) === null
      : this.#waits(opponent, asked, { isSwept: false }) &&
        this.cards.get(opponent[0])?.text === one.cards[1];
    if (!isThere) return 'opponent_gone';
    this.#seat(matchId, { claimedAtMs: asked.nowMs, mode: asked.mode, sides });
    return 'claimed';
  }

  #obstacle(charId: string, { nowMs, ttlMs }: Asked): string | null {
    if (this.seats.has(charId)) return 'seated';
    const before = this.requests.get(charId);
    return before !== undefined && lives(before, nowMs, ttlMs) ? 'already_queued' : null;
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
    if (seeker === undefined) throw new Error('A claim has a seeker');
    if (this.seats.get(seeker[0]) === matchId) return 'claimed';
    const asked = { mode, nowMs: claimedAtMs, ttlMs };
    if (!this.#waits(seeker, asked)) return 'seeker_gone';
    if (opponent !== undefined && !this.#waits(opponent, asked)) return 'opponent_gone';
    this.#seat(matchId, { claimedAtMs, mode, sides });
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

  /** Whether he waits as he did when the match was decided on; what is over is swept out. */
  #waits(
    [charId, decided]: readonly [string, Wait],
    asked: Asked,
    { isSwept } = { isSwept: true },
  ): boolean {
    const request = this.requests.get(charId);
    const inMode = request?.mode === asked.mode;
    if (this.seats.has(charId) || !inMode || !lives(request, asked.nowMs, asked.ttlMs)) {
      if (isSwept) this.#leaveLists(charId);
      if (isSwept && inMode) this.requests.delete(charId);
      return false;
    }
    const same = request.startMs === decided.startMs && request.gs === decided.gs;
    return same && this.entries.has(charId);
  }

  #return(args: Args): string {
    const [matchId, mode] = [at(args, 0), at(args, 1)];
    if (!this.matches.delete(matchId)) return 'missing';
    const leftMs = [at(args, 6), args[11]];
    for (const [index, [charId, wait]] of sidesFrom(args.slice(2), 5, mode).entries()) {
      if (this.seats.get(charId) !== matchId) continue;
      this.seats.delete(charId);
      if (Number(leftMs[index]) > 0 && !this.requests.has(charId)) this.#wait(charId, wait);
    }
    return 'returned';
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
    if (held.version !== expected) return 'stale';
    this.battles.set(battleId, { version, state });
    return 'swapped';
  }

  #wait(charId: string, wait: Wait, card = this.#cardOf(charId, wait)): void {
    this.requests.set(charId, wait);
    this.entries.set(charId, wait);
    this.cards.set(charId, { gs: Number(wait.gs), text: card });
  }

  #cardOf(charId: string, { gs, startMs, userId }: Wait): string {
    const last = this.lastOpponents.get(charId) ?? '';
    return [startMs.padStart(13, '0'), charId, userId, gs, last].join();
  }

  #leaveLists(charId: string): boolean {
    this.cards.delete(charId);
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

/** Who asks for the very wait that he has did not hear that he had got it. */
function repeated(before: Wait, wait: Wait): string {
  const isSame =
    before.startMs === wait.startMs && before.gs === wait.gs && before.mode === wait.mode;
  return isSame ? 'queued' : 'already_queued';
}

function lives(wait: Wait, nowMs: string, ttlMs: string): boolean {
  return Number(wait.startMs) + Number(ttlMs) > Number(nowMs);
}
