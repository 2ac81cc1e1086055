import { type Stats, vitalNames } from '../account/account-context.ts';
import { AccountMissingError, type AccountStore } from '../account/account-store.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import {
  type BattleSetup,
  type Choice,
  type Outage,
  type TurnRules,
  choose,
  makeUpFor,
  markSettled,
  openBattle,
  sideOfCharacter,
  surrender,
  timeOut,
} from './battle-session.ts';
import type { BattleStore } from './battle-store.ts';

/** Where a character's seat is given back when its battle is over. */
export interface SeatKeeper {
  freeSeat(charId: number, battleId: string): Promise<void>;
}

/** Told of every change of a battle, by whomever it was caused. Never throws. */
export interface BattleObserver {
  battleChanged(record: BattleRecord, change: 'started' | 'resumed' | 'moved' | 'ended'): void;
}

export interface CombatDeps {
  readonly battles: BattleStore;
  readonly accounts: AccountStore;
  readonly seats: SeatKeeper;
  readonly observer: BattleObserver;
  readonly clock: Clock;
  readonly log: Log;
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
  | { readonly kind: 'accepted'; readonly record: BattleRecord; readonly side: Side }
  | { readonly kind: 'stale'; readonly record: BattleRecord; readonly side: Side }
  | { readonly kind: 'illegal'; readonly record: BattleRecord; readonly side: Side }
  | { readonly kind: 'no_battle' };

const FINISHED_TTL_S = 24 * 3600;
/** Clocks not looked after for longer than this: the bot was away. */
const OUTAGE_MS = 5_000;
const DUE_AT_ONCE = 500;
/** Two sides and a clock contend for one record: more losses in a row than this are a fault. */
const SWAP_TRIES = 20;

/** Battles from their first turn to the last seat given back. */
export class CombatService {
  readonly #deps: CombatDeps;
  #outage: Outage | null = null;

  constructor(deps: CombatDeps) {
    this.#deps = deps;
  }

  /** Makes the battle exist, once, however often and by however many processes it is asked for. */
  async startBattle(setup: BattleSetup): Promise<BattleRecord> {
    const { battles, clock, rules, observer } = this.#deps;
    const opened = openBattle(setup, clock.now(), rules);
    // The clock's list first: a battle that it does not know would never end by itself.
    await battles.watch(opened.id, opened.turnEndsAtMs);
    const made = (await battles.create(opened)) === 'created';
    const record = (await battles.get(opened.id)) ?? opened;
    await this.#seatSides(record);
    observer.battleChanged(record, made ? 'started' : 'resumed');
    return record;
  }

  /** The battle and the character's side in it; null if there is none or it is not his. */
  async view(
    charId: number,
    battleId: string,
  ): Promise<{ record: BattleRecord; side: Side } | null> {
    const record = await this.#deps.battles.get(battleId);
    const side = record === null ? null : sideOfCharacter(record, charId);
    return record === null || side === null ? null : { record, side };
  }

  /** What a tap would be answered, without doing it: the toast is due before the tap's turn comes. */
  async foresee(tap: Tap): Promise<TapReply> {
    const seen = await this.view(tap.charId, tap.battleId);
    if (seen === null) return { kind: 'no_battle' };
    const { kind } = this.#decide(seen.record, seen.side, tap);
    return { kind: kind === 'changed' ? 'accepted' : kind, ...seen };
  }

  async tap(tap: Tap): Promise<TapReply> {
    for (let tries = 0; tries < SWAP_TRIES; tries += 1) {
      const seen = await this.view(tap.charId, tap.battleId);
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

  /** Ends the turns whose clock ran out and finishes what a dead process left; for a 1 s wave. */
  async tick(): Promise<void> {
    const { battles, clock, log } = this.#deps;
    await this.#noteOutage();
    for (const battleId of await battles.due(clock.now(), DUE_AT_ONCE)) {
      try {
        await this.#lookAt(battleId);
      } catch (error) {
        log.error(
          { battleId, err: error },
          'a battle could not be looked after; the next wave tries again',
        );
      }
    }
  }

  #decide(record: BattleRecord, side: Side, tap: Tap) {
    const at = { nowMs: this.#deps.clock.now(), rules: this.#deps.rules };
    return choose(record, { side, turn: tap.turn, choice: tap.choice }, at);
  }

  async #noteOutage(): Promise<void> {
    const now = this.#deps.clock.now();
    const last = await this.#deps.battles.beat(now);
    if (last === null || now - last <= OUTAGE_MS) return;
    this.#outage = { fromMs: last, toMs: now };
    this.#deps.log.warn(
      { awayMs: now - last },
      'the bot was away; clocks of running turns are made up for it',
    );
  }

  async #lookAt(battleId: string): Promise<void> {
    const { battles, clock, rules } = this.#deps;
    const record = await battles.get(battleId);
    if (record === null || record.settled) return battles.unwatch(battleId);
    if (record.endedAtMs !== null) return this.#settle(record);
    const outage = this.#outage;
    const after =
      (outage === null ? null : await this.#change(battleId, (now) => makeUpFor(now, outage))) ??
      (await this.#change(battleId, (now) => timeOut(now, clock.now(), rules)));
    if ((after ?? record).endedAtMs === null) {
      await battles.watch(battleId, (after ?? record).turnEndsAtMs);
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
    if ((await this.#deps.battles.swap(after)) !== 'swapped') return false;
    if (after.endedAtMs !== null && before.endedAtMs === null) await this.#settle(after);
    else this.#deps.observer.battleChanged(after, 'moved');
    return true;
  }

  async #seatSides(record: BattleRecord): Promise<void> {
    if (record.endedAtMs !== null) return;
    for (const side of [0, 1] as const) await this.#seat(record, side);
    // A process that stalled here may have seated people in a battle that others have ended since.
    const now = await this.#deps.battles.get(record.id);
    if (now?.settled === true) for (const side of [0, 1] as const) await this.#release(now, side);
  }

  async #seat(record: BattleRecord, side: Side): Promise<void> {
    const { charId } = record.sides[side];
    if (charId === null) return;
    const { accounts, log } = this.#deps;
    try {
      await accounts.setCombatSession(charId, record.id);
      await accounts.setState(charId, 'COMBAT');
      if (record.version === 1) await this.#writeVitals(charId, record.sheets[side].stats);
    } catch (error) {
      if (!(error instanceof AccountMissingError)) throw error;
      log.warn(
        { charId, battleId: record.id },
        'the live session is gone; the battle goes on without it',
      );
    }
  }

  async #writeVitals(charId: number, stats: Stats): Promise<void> {
    for (const vital of vitalNames) {
      await this.#deps.accounts.updateStatCurrent(charId, vital, stats[vital].cur);
    }
  }

  /** Gives back vitals, state and seat of both sides. Repeating it changes nothing. */
  async #settle(record: BattleRecord): Promise<void> {
    for (const side of [0, 1] as const) await this.#release(record, side);
    const settled = markSettled(record);
    // Of several processes that settle at once, the one whose swap wins tells the players.
    const first = (await this.#deps.battles.swap(settled)) === 'swapped';
    await this.#deps.battles.expire(record.id, FINISHED_TTL_S);
    await this.#deps.battles.unwatch(record.id);
    if (first) this.#deps.observer.battleChanged(settled, 'ended');
  }

  async #release(record: BattleRecord, side: Side): Promise<void> {
    const { charId, returnState } = record.sides[side];
    if (charId === null) return;
    const { accounts, seats } = this.#deps;
    const sessions = await accounts.getSessions(charId);
    // Another battle's session, or none any more: this one has been given back already.
    if (sessions?.combat_id === record.id) {
      await this.#writeVitals(charId, record.battle.fighters[side].stats);
      await accounts.setState(charId, returnState);
      await accounts.setCombatSession(charId, null);
    }
    await seats.freeSeat(charId, record.id);
  }
}
