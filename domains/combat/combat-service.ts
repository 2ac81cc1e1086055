import type { AccountStore } from '../account/account-store.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import { LogOnce } from '../core/log-once.ts';
import type { Wait } from '../core/wait.ts';
import type { Side } from './battle.ts';
import type { BattleArchive } from './battle-archive.ts';
import { BattleArchiver } from './battle-archiver.ts';
import type { BattleObserver } from './battle-observer.ts';
import type { BattleRecord } from './battle-record.ts';
import {
  type BattleSetup,
  type Choice,
  type Downtime,
  type TurnRules,
  choose,
  isNewTurn,
  compensateDowntime,
  markSettled,
  openBattle,
  sideOfCharacter,
  surrender,
  timeOut,
} from './battle-session.ts';
import type { BattleStore } from './battle-store.ts';
import { Fighters, type Release } from './fighters.ts';
import { LostBattleCleanup, type SeatStore } from './lost-battle-cleanup.ts';

export interface CombatDeps {
  readonly battles: BattleStore;
  readonly archive: Pick<BattleArchive, 'store'>;
  readonly accounts: AccountStore;
  readonly seats: SeatStore;
  /** Restores the saved session of a character without a live one. */
  readonly restore: (charId: number) => Promise<unknown>;
  readonly observer: BattleObserver;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
  readonly rules: TurnRules;
}

/** A tap of a character in a battle. */
export interface Tap {
  readonly charId: number;
  readonly battleId: string;
  readonly turn: number;
  readonly choice: Choice;
}

export type TapReply =
  | {
      readonly kind: 'accepted' | 'stale' | 'illegal';
      readonly record: BattleRecord;
      readonly side: Side;
    }
  | { readonly kind: 'no_battle' };

const FINISHED_TTL_S = 24 * 3600;
/** A longer time without a heartbeat of the timers is a downtime. */
const MAX_HEARTBEAT_GAP_MS = 5_000;
const DUE_LIMIT = 500;
/** Two players and a timer compete for one record: more lost swaps in a row are a fault. */
const SWAP_TRIES = 20;
const SAVE_RETRY_MS = 10_000;

/** Battles from their creation until both sides are released and the battle is archived. */
export class CombatService {
  readonly #deps: CombatDeps;
  readonly #archiver: BattleArchiver;
  readonly #lostBattles: LostBattleCleanup;
  readonly #fighters: Fighters;
  readonly #logged = new LogOnce();

  constructor(deps: CombatDeps) {
    this.#deps = deps;
    this.#archiver = new BattleArchiver(deps);
    this.#lostBattles = new LostBattleCleanup(deps);
    this.#fighters = new Fighters(deps);
  }

  /** Creates the battle unless some process has done so; null if the creation was prevented. */
  async startBattle(setup: BattleSetup): Promise<BattleRecord | null> {
    const { battles, clock, rules, observer } = this.#deps;
    const opened = openBattle(setup, clock.now(), rules);
    // Timer first: a battle without one would never end by itself.
    await battles.scheduleCheck(opened.id, opened.turnEndsAtMs);
    const isCreated = (await battles.create(opened)) === 'created';
    const record = isCreated ? opened : await battles.get(opened.id);
    if (record === null) return null;
    // An existing battle may have ended, and the timer set above would delay its release.
    if (!isCreated) await battles.scheduleCheck(opened.id, clock.now());
    await this.#seatSides(record);
    // The process that created a battle without taps may have died before it notified the players.
    if (isCreated || record.version === 1) observer.battleStarted(record);
    return record;
  }

  /** False if the battle exists already. */
  async preventCreation(battleId: string): Promise<boolean> {
    return this.#deps.battles.preventCreation(battleId);
  }

  async find(battleId: string): Promise<BattleRecord | null> {
    return this.#deps.battles.get(battleId);
  }

  /** null: there is no such battle, or the character does not fight in it. */
  async view(
    charId: number,
    battleId: string,
  ): Promise<{ record: BattleRecord; side: Side } | null> {
    return seenBy(charId, await this.#deps.battles.get(battleId));
  }

  /** Whether the character fights in this battle and has not been released from it. */
  async isFighting(
    { charId, userId }: { readonly charId: number; readonly userId: number },
    battleId: string,
  ): Promise<boolean> {
    const seen = await this.view(charId, battleId);
    const isOwn = seen?.record.sides[seen.side].userId === userId;
    return isOwn && !seen.record.settled;
  }

  /** Releases the fighters of a missing or unreadable battle; answers their ids. */
  async releaseLostBattle(battleId: string): Promise<number[]> {
    return this.#lostBattles.releaseFighters(battleId);
  }

  /** `prefetched`: the record as it has just been read; read again if it has changed since. */
  async tap(tap: Tap, prefetched: BattleRecord | null = null): Promise<TapReply> {
    const { clock, rules } = this.#deps;
    const { charId, battleId } = tap;
    for (let tries = 0; tries < SWAP_TRIES; tries += 1) {
      const isPrefetched = tries === 0 && prefetched !== null;
      const seen = isPrefetched ? seenBy(charId, prefetched) : await this.view(charId, battleId);
      if (seen === null) return { kind: 'no_battle' };
      const { record, side } = seen;
      const chosen = choose(record, { ...tap, side }, { nowMs: clock.now(), rules });
      if (chosen.kind !== 'changed') return { kind: chosen.kind, record, side };
      if (await this.#swap(chosen.record, record))
        return { kind: 'accepted', record: chosen.record, side };
    }
    throw swapsLost(battleId);
  }

  async surrender(charId: number, battleId: string): Promise<TapReply> {
    const seen = await this.view(charId, battleId);
    if (seen === null) return { kind: 'no_battle' };
    const after = await this.#change(battleId, (record) =>
      surrender(record, seen.side, this.#deps.clock.now()),
    );
    if (after !== null) return { kind: 'accepted', record: after, side: seen.side };
    return { kind: 'stale', ...((await this.view(charId, battleId)) ?? seen) };
  }

  /**
   * Ends turns whose time is over and completes the work of dead processes. Runs every second.
   * `hasPaused`: ticks were left out on purpose, and that time is downtime, however short.
   */
  async tick(hasPaused = false): Promise<void> {
    const { battles, clock, log } = this.#deps;
    const downtime = await this.#recordHeartbeat(hasPaused ? 0 : MAX_HEARTBEAT_GAP_MS);
    for (const battleId of await battles.getDue(clock.now(), DUE_LIMIT)) {
      try {
        await this.#checkBattle(battleId, downtime);
      } catch (error) {
        // The newer release that wrote the record handles it.
        if (error instanceof NewerRecordError) continue;
        if (this.#logged.isFirst(`${battleId} ${String(error)}`))
          log.error({ battleId, err: error }, 'battle check failed');
      }
    }
    // The time that these checks took is no downtime.
    await this.#recordHeartbeat(null);
  }

  /** Answers the last downtime: every process compensates the battles that it checks. */
  async #recordHeartbeat(maxGapMs: number | null): Promise<Downtime | null> {
    const { battles, clock, log, rules } = this.#deps;
    const heartbeat = { nowMs: clock.now(), maxGapMs, mergeGapMs: rules.turnMs };
    const { downtime, hasResumed } = await battles.recordHeartbeat(heartbeat);
    if (hasResumed && downtime !== null)
      log.warn({ downtimeMs: downtime.toMs - downtime.fromMs }, 'downtime ended, turns extended');
    return downtime;
  }

  async #checkBattle(battleId: string, downtime: Downtime | null): Promise<void> {
    const { battles, clock, rules } = this.#deps;
    const record = await battles.get(battleId);
    if (record === null) {
      await this.#lostBattles.releaseFighters(battleId);
      return;
    }
    if (record.settled) return this.#close(battleId, await this.#archiver.save(record));
    if (record.endedAtMs !== null) return this.#finish(record);
    const extended =
      downtime && (await this.#change(battleId, (now) => compensateDowntime(now, downtime)));
    const after =
      extended ?? (await this.#change(battleId, (now) => timeOut(now, clock.now(), rules)));
    if ((after ?? record).endedAtMs === null) {
      await battles.scheduleCheck(battleId, (after ?? record).turnEndsAtMs);
      // It may have ended in between, and the timer just set would delay its release.
      const now = await battles.get(battleId);
      if (now !== null && now.endedAtMs !== null)
        await battles.scheduleCheck(battleId, clock.now());
    }
  }

  /** Applies a pure change to the stored record; null if there is nothing to change. */
  async #change(
    battleId: string,
    change: (record: BattleRecord) => BattleRecord | null,
  ): Promise<BattleRecord | null> {
    for (let tries = 0; tries < SWAP_TRIES; tries += 1) {
      const before = await this.#deps.battles.get(battleId);
      const after = before && change(before);
      if (before === null || after === null) return null;
      if (await this.#swap(after, before)) return after;
    }
    throw swapsLost(battleId);
  }

  async #swap(after: BattleRecord, before: BattleRecord): Promise<boolean> {
    const { battles, clock, observer } = this.#deps;
    const ends = after.endedAtMs !== null && before.endedAtMs === null;
    // If this process dies after the swap, the next check settles the battle, not the old timer.
    if (ends) await battles.scheduleCheck(after.id, clock.now());
    if ((await battles.swap(after)) !== 'swapped') {
      // The swap may have succeeded with its reply lost, and another check have set a later timer.
      if (ends) await battles.scheduleCheck(after.id, clock.now());
      return false;
    }
    if (ends) await this.#finish(after, before);
    else if (isNewTurn(after, before)) observer.battleMoved(after, before);
    else observer.choiceMade(after, before);
    return true;
  }

  async #seatSides(record: BattleRecord): Promise<void> {
    if (record.endedAtMs !== null) return;
    for (const side of [0, 1] as const) await this.#fighters.seat(record, side);
    // Another process may have ended the battle while this one was still seating its sides.
    const now = await this.#deps.battles.get(record.id);
    if (now?.settled === true) await this.#releaseBoth(now);
  }

  /** Saves the battle and releases both sides. Repeating it changes nothing. */
  async #finish(record: BattleRecord, before: BattleRecord | null = null): Promise<void> {
    const { battles, observer } = this.#deps;
    // Saved before anybody is notified; after a failure the next check saves it.
    const isSaved = await this.#archiver.save(record);
    const releases = await this.#releaseBoth(record);
    const settled = markSettled(record);
    // Notified before the swap: if that fails, the next check finds both released and cannot do it.
    // A character that is seated elsewhere by now is not shown the end of this battle.
    const freed = ([0, 1] as const).filter((side) => releases[side] === 'freed');
    await Promise.all(freed.map((side) => observer.battleEnded(settled, side, before)));
    // The next check releases the rest.
    if (releases.includes('pending')) return;
    await battles.swap(settled);
    await this.#close(record.id, isSaved);
  }

  async #releaseBoth(record: BattleRecord): Promise<Release[]> {
    return [await this.#fighters.release(record, 0), await this.#fighters.release(record, 1)];
  }

  /** Lets the record of a saved battle expire; one that is not saved yet is checked again. */
  async #close(battleId: string, isSaved: boolean): Promise<void> {
    const { battles, clock } = this.#deps;
    if (!isSaved) return battles.scheduleCheck(battleId, clock.now() + SAVE_RETRY_MS);
    await battles.expire(battleId, FINISHED_TTL_S);
    await battles.cancelCheck(battleId);
  }
}

function seenBy(charId: number, record: BattleRecord | null) {
  const side = record === null ? null : sideOfCharacter(record, charId);
  return record === null || side === null ? null : { record, side };
}

function swapsLost(battleId: string): Error {
  return new Error(`Battle ${battleId} was not changed: ${SWAP_TRIES} swaps in a row were lost`);
}
