import type { AccountStore } from '../account/account-store.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Wait } from '../core/wait.ts';
import type { Side } from './battle.ts';
import type { BattleArchive } from './battle-archive.ts';
import { BattleArchiver } from './battle-archiver.ts';
import { BattleChanges } from './battle-changes.ts';
import type { BattleObserver } from './battle-observer.ts';
import type { BattleRecord, SideRecord } from './battle-record.ts';
import {
  type BattleSetup,
  type Choice,
  type Fighter,
  type TurnRules,
  choose,
  endAsDraw,
  openBattle,
  sideOfCharacter,
  sideOfFighter,
  surrender,
} from './battle-session.ts';
import type { BattleStore } from './battle-store.ts';
import { withEmote } from './emotes.ts';
import { Fighters } from './fighters.ts';
import { LostBattleCleanup, type SeatStore } from './lost-battle-cleanup.ts';
import { TurnClocks } from './turn-clocks.ts';

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

/** A turn that any process with timers would have ended by now. */
const OVERDUE_MS = 10_000;

/** Battles from their creation until both sides are released and the battle is archived. */
export class CombatService {
  readonly #deps: CombatDeps;
  readonly #changes: BattleChanges;
  readonly #turnClocks: TurnClocks;
  readonly #lostBattles: LostBattleCleanup;
  readonly #fighters: Fighters;

  constructor(deps: CombatDeps) {
    this.#deps = deps;
    const archiver = new BattleArchiver(deps);
    this.#lostBattles = new LostBattleCleanup(deps);
    this.#fighters = new Fighters(deps);
    this.#changes = new BattleChanges({ ...deps, archiver, fighters: this.#fighters });
    const [changes, lostBattles] = [this.#changes, this.#lostBattles];
    this.#turnClocks = new TurnClocks({ ...deps, archiver, changes, lostBattles });
  }

  /**
   * Creates the battle unless some process has done so; null if the creation was prevented.
   * `isTapped`: for a tap whose reply shows it.
   */
  async startBattle(setup: BattleSetup, isTapped = false): Promise<BattleRecord | null> {
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
    if (isCreated || record.version === 1) observer.battleStarted(record, isTapped);
    return record;
  }

  /** False if the battle exists already. */
  async preventCreation(battleId: string): Promise<boolean> {
    return this.#deps.battles.preventCreation(battleId);
  }

  async find(battleId: string): Promise<BattleRecord | null> {
    return this.#deps.battles.get(battleId);
  }

  async countRunning(): Promise<number> {
    return this.#deps.battles.countRunning();
  }

  /** As this process last read or wrote it, and perhaps outdated; read only if it is not known. */
  async findKnown(battleId: string): Promise<BattleRecord | null> {
    return this.#deps.battles.known(battleId) ?? this.find(battleId);
  }

  /** Whether the character fights in this battle and has not been released from it. */
  async isFighting(fighter: Fighter, battleId: string): Promise<boolean> {
    const record = await this.find(battleId);
    return record !== null && !record.settled && sideOfFighter(record, fighter) !== null;
  }

  /**
   * Puts a running battle back on the list of timers if it is not there any more, as after a failover:
   * its turn should have ended long ago. Costs nothing while turns end in time.
   */
  async restoreTimer({ id, endedAtMs, turnEndsAtMs }: BattleRecord): Promise<void> {
    const { battles, clock } = this.#deps;
    const nowMs = clock.now();
    const isOverdue = endedAtMs === null && turnEndsAtMs + OVERDUE_MS < nowMs;
    if (isOverdue) await battles.scheduleCheck(id, nowMs);
  }

  /** Releases the fighters of a missing or unreadable battle; answers their ids. */
  async releaseLostBattle(battleId: string, asking: readonly number[] = []): Promise<number[]> {
    return this.#lostBattles.releaseFighters(battleId, asking);
  }

  /** `known`: the record as this process knows it; the reply is that of the stored one. */
  async tap(tap: Tap, known: BattleRecord | null = null): Promise<TapReply> {
    const { clock, rules } = this.#deps;
    const { charId, battleId } = tap;
    const judged: { record: BattleRecord | null; refusal: 'stale' | 'illegal' } = {
      record: null,
      refusal: 'stale',
    };
    const choice = (record: BattleRecord) => {
      judged.record = record;
      const side = sideOfCharacter(record, charId);
      if (side === null) return null;
      const chosen = choose(record, { ...tap, side }, { nowMs: clock.now(), rules });
      if (chosen.kind !== 'changed') judged.refusal = chosen.kind;
      return chosen.kind === 'changed' ? chosen.record : null;
    };
    const changed = await this.#changes.change(battleId, choice, known);
    const seen = seenBy(charId, changed?.record ?? null);
    if (changed === null || seen === null) return { kind: 'no_battle' };
    if (judged.record !== null) await this.restoreTimer(judged.record);
    return { kind: changed.isChanged ? 'accepted' : judged.refusal, ...seen };
  }

  async sendEmote(
    charId: number,
    battleId: string,
    sent: NonNullable<SideRecord['emote']>,
  ): Promise<TapReply> {
    return this.#changeAs(charId, battleId, (record, side) => withEmote(record, side, sent));
  }

  async surrender(charId: number, battleId: string): Promise<TapReply> {
    const nowMs = this.#deps.clock.now();
    return this.#changeAs(charId, battleId, (record, side) => surrender(record, side, nowMs));
  }

  /** False: the battle is over, or there is none. */
  async endAsDraw(battleId: string): Promise<boolean> {
    const nowMs = this.#deps.clock.now();
    const changed = await this.#changes.change(battleId, (record) => endAsDraw(record, nowMs));
    return changed?.isChanged === true;
  }

  async #changeAs(
    charId: number,
    battleId: string,
    change: (record: BattleRecord, side: Side) => BattleRecord | null,
  ): Promise<TapReply> {
    const changed = await this.#changes.change(battleId, (record) => {
      const side = sideOfCharacter(record, charId);
      return side === null ? null : change(record, side);
    });
    const seen = seenBy(charId, changed?.record ?? null);
    if (changed === null || seen === null) return { kind: 'no_battle' };
    return { kind: changed.isChanged ? 'accepted' : 'stale', ...seen };
  }

  /**
   * Ends turns whose time is over and completes the work of dead processes. Runs every second.
   * `hasPaused`: ticks were left out on purpose, and that time is downtime, however short.
   */
  async tick(hasPaused = false): Promise<void> {
    await this.#turnClocks.tick(hasPaused);
  }

  async #seatSides(record: BattleRecord): Promise<void> {
    if (record.endedAtMs !== null) return;
    const { battles, clock } = this.#deps;
    const sides = ([0, 1] as const).map((side) => this.#fighters.seat(record, side));
    // A Redis that has just lost the sessions has lost the timer, too, and nobody would tap.
    if ((await Promise.all(sides)).includes(false))
      await battles.scheduleCheck(record.id, clock.now());
    // Another process may have ended the battle while this one was still seating its sides.
    const now = await battles.get(record.id);
    if (now?.settled === true) await this.#changes.releaseBoth(now);
  }
}

function seenBy(charId: number, record: BattleRecord | null) {
  const side = record === null ? null : sideOfCharacter(record, charId);
  return record === null || side === null ? null : { record, side };
}
