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
import type { BattleStore, TimerHeartbeat } from './battle-store.ts';
import { Fighters, type Release } from './fighters.ts';
import { LostBattleCleanup, type SeatStore } from './lost-battle-cleanup.ts';
import type { Tap, TapReply } from './tap.ts';

export interface CombatDeps {
  readonly battles: BattleStore;
  readonly archive: Pick<BattleArchive, 'store'>;
  readonly accounts: AccountStore;
  readonly seats: SeatStore;
  /** Opens the saved session of a character whose live one is gone. */
  readonly restore: (charId: number) => Promise<unknown>;
  readonly observer: BattleObserver;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
  readonly rules: TurnRules;
}

const FINISHED_TTL_S = 24 * 3600;
/** Clocks not looked after for longer than this: the bot was away. */
const OUTAGE_MS = 5_000;
const DUE_AT_ONCE = 500;
/** Two sides and a clock contend for one record: more losses in a row than this are a fault. */
const SWAP_TRIES = 20;
const KEEP_AGAIN_MS = 10_000;

/** Battles from their first turn to the last seat given back. */
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

  /**
   * Makes the battle exist, once, however often and by however many processes it is asked for; null
   * if it shall not be.
   */
  async startBattle(setup: BattleSetup): Promise<BattleRecord | null> {
    const { battles, clock, rules, observer } = this.#deps;
    const opened = openBattle(setup, clock.now(), rules);
    // The clock's list first: a battle that it does not know would never end by itself.
    await battles.scheduleCheck(opened.id, opened.turnEndsAtMs);
    const made = (await battles.create(opened)) === 'created';
    const record = made ? opened : await battles.get(opened.id);
    if (record === null) return null;
    // It may have ended since, and been put off just now: its turn to be looked at is at once.
    if (!made) await battles.scheduleCheck(opened.id, clock.now());
    await this.#seatSides(record);
    // Of a battle that nobody has tapped in yet its players may not have heard.
    if (made || record.version === 1) observer.battleStarted(record);
    return record;
  }

  /** Sees to it that the battle is never made; false if it has been. */
  async preventCreation(battleId: string): Promise<boolean> {
    return this.#deps.battles.preventCreation(battleId);
  }

  async find(battleId: string): Promise<BattleRecord | null> {
    return this.#deps.battles.get(battleId);
  }

  /** The battle and the character's side in it; null if there is none or it is not his. */
  async view(
    charId: number,
    battleId: string,
  ): Promise<{ record: BattleRecord; side: Side } | null> {
    return seenBy(charId, await this.#deps.battles.get(battleId));
  }

  /** Whether the character fights in this battle and has not been released from it yet. */
  async isFighting(charId: number, battleId: string): Promise<boolean> {
    const seen = await this.view(charId, battleId);
    return seen !== null && !seen.record.settled;
  }

  /** Lets the fighters of a battle go that is gone or cannot be read; answers who they were. */
  async releaseLostBattle(battleId: string): Promise<number[]> {
    return this.#lostBattles.releaseFighters(battleId);
  }

  /** `known` is the record as it has just been read; it is read again if it has changed since. */
  async tap(tap: Tap, known: BattleRecord | null = null): Promise<TapReply> {
    for (let tries = 0; tries < SWAP_TRIES; tries += 1) {
      const isKnown = tries === 0 && known !== null;
      const seen = isKnown ? seenBy(tap.charId, known) : await this.view(tap.charId, tap.battleId);
      if (seen === null) return { kind: 'no_battle' };
      const decision = this.#decide(seen.record, seen.side, tap);
      if (decision.kind !== 'changed') return { kind: decision.kind, ...seen };
      if (await this.#store(decision.record, seen.record)) {
        return { kind: 'accepted', record: decision.record, side: seen.side };
      }
    }
    throw new Error(`Battle ${tap.battleId} could not be changed: ${SWAP_TRIES} swaps were lost`);
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
   * Ends the turns whose clock ran out and finishes what a dead process left; for a 1 s wave.
   * `hasPaused`: the caller has left out ticks on purpose, and that time is compensated however short.
   */
  async tick(hasPaused = false): Promise<void> {
    const { battles, clock, log } = this.#deps;
    const outage = await this.#recordHeartbeat(hasPaused ? 0 : OUTAGE_MS);
    for (const battleId of await battles.getDue(clock.now(), DUE_AT_ONCE)) {
      try {
        await this.#checkBattle(battleId, outage);
      } catch (error) {
        // The release that wrote it looks after it.
        if (error instanceof NewerRecordError) continue;
        if (!this.#logged.isFirst(`${battleId} ${String(error)}`)) continue;
        log.error(
          { battleId, err: error },
          'a battle could not be looked after; the next wave tries again',
        );
      }
    }
    // A long look at many battles is work, not absence.
    await battles.recordHeartbeat(this.#heartbeat(null));
  }

  #decide(record: BattleRecord, side: Side, tap: Tap) {
    const at = { nowMs: this.#deps.clock.now(), rules: this.#deps.rules };
    return choose(record, { side, turn: tap.turn, choice: tap.choice }, at);
  }

  #heartbeat(maxGapMs: number | null): TimerHeartbeat {
    const { clock, rules } = this.#deps;
    return { nowMs: clock.now(), maxGapMs, mergeGapMs: rules.turnMs };
  }

  /** The last outage; whichever process ended it, all make up for it. */
  async #recordHeartbeat(maxGapMs: number): Promise<Downtime | null> {
    const { battles, log } = this.#deps;
    const { downtime, hasResumed } = await battles.recordHeartbeat(this.#heartbeat(maxGapMs));
    if (hasResumed && downtime !== null) {
      const awayMs = downtime.toMs - downtime.fromMs;
      log.warn({ awayMs }, 'the bot was away; clocks of running turns are made up for it');
    }
    return downtime;
  }

  async #checkBattle(battleId: string, outage: Downtime | null): Promise<void> {
    const { battles, clock, rules } = this.#deps;
    const record = await battles.get(battleId);
    if (record === null) {
      await this.#lostBattles.releaseFighters(battleId);
      return;
    }
    if (record.settled) return this.#close(battleId, await this.#archiver.save(record));
    if (record.endedAtMs !== null) return this.#settle(record);
    const after =
      (outage === null
        ? null
        : await this.#change(battleId, (now) => compensateDowntime(now, outage))) ??
      (await this.#change(battleId, (now) => timeOut(now, clock.now(), rules)));
    if ((after ?? record).endedAtMs === null) {
      await battles.scheduleCheck(battleId, (after ?? record).turnEndsAtMs);
      // Whoever ended it meanwhile wants it looked at now, not when the turn would have been over.
      const now = await battles.get(battleId);
      if (now !== null && now.endedAtMs !== null)
        await battles.scheduleCheck(battleId, clock.now());
    }
  }

  /** Applies a pure change against whatever is stored now; null if there is nothing to change. */
  async #change(
    battleId: string,
    change: (record: BattleRecord) => BattleRecord | null,
  ): Promise<BattleRecord | null> {
    for (let tries = 0; tries < SWAP_TRIES; tries += 1) {
      const before = await this.#deps.battles.get(battleId);
      const after = before === null ? null : change(before);
      if (before === null || after === null) return null;
      if (await this.#store(after, before)) return after;
    }
    throw new Error(`Battle ${battleId} could not be changed: ${SWAP_TRIES} swaps were lost`);
  }

  async #store(after: BattleRecord, before: BattleRecord): Promise<boolean> {
    const { battles, clock, observer } = this.#deps;
    const ends = after.endedAtMs !== null && before.endedAtMs === null;
    // Should this process die after the swap, the next look gives the sides back, not the old clock.
    if (ends) await battles.scheduleCheck(after.id, clock.now());
    if ((await battles.swap(after)) !== 'swapped') {
      // It may have been, and its reply been lost; another's look may have put the watch off since.
      if (ends) await battles.scheduleCheck(after.id, clock.now());
      return false;
    }
    if (ends) await this.#settle(after, before);
    // What a side has chosen is nobody else's to see: his own tap's reply shows it to him.
    else if (isNewTurn(after, before)) observer.battleMoved(after, before);
    return true;
  }

  async #seatSides(record: BattleRecord): Promise<void> {
    if (record.endedAtMs !== null) return;
    for (const side of [0, 1] as const) await this.#fighters.seat(record, side);
    // A process that stalled here may have seated people in a battle that others have ended since.
    const now = await this.#deps.battles.get(record.id);
    if (now?.settled === true) await this.#releaseBoth(now);
  }

  /** Gives back vitals, state and seat of both sides. Repeating it changes nothing. */
  async #settle(record: BattleRecord, before: BattleRecord | null = null): Promise<void> {
    const { battles, observer } = this.#deps;
    // Written down before anybody is told; if it cannot be, the watch comes back to it.
    const isKept = await this.#archiver.save(record);
    const releases = await this.#releaseBoth(record);
    const settled = markSettled(record);
    // Told at once: whatever fails from here on is done at the next look, and that finds them free.
    // Whoever sits elsewhere by now is not to be called back to this battle's end.
    for (const side of [0, 1] as const) {
      if (releases[side] === 'freed') observer.battleEnded(settled, side, before);
    }
    // Who is still held is given back at the next look, and not forgotten.
    if (releases.includes('pending')) return;
    await battles.swap(settled);
    await this.#close(record.id, isKept);
  }

  async #releaseBoth(record: BattleRecord): Promise<Release[]> {
    return [await this.#fighters.release(record, 0), await this.#fighters.release(record, 1)];
  }

  /** The record may go once the battle is written down; until then it is looked at again. */
  async #close(battleId: string, isKept: boolean): Promise<void> {
    const { battles, clock } = this.#deps;
    if (!isKept) return battles.scheduleCheck(battleId, clock.now() + KEEP_AGAIN_MS);
    await battles.expire(battleId, FINISHED_TTL_S);
    await battles.cancelCheck(battleId);
  }
}

function seenBy(charId: number, record: BattleRecord | null) {
  const side = record === null ? null : sideOfCharacter(record, charId);
  return record === null || side === null ? null : { record, side };
}
