import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import type { BattleArchiver } from './battle-archiver.ts';
import type { BattleChanges } from './battle-changes.ts';
import type { BattleRecord } from './battle-record.ts';
import { type Downtime, type TurnRules, compensateDowntime, timeOut } from './battle-session.ts';
import type { BattleStore } from './battle-store.ts';
import type { LostBattleCleanup } from './lost-battle-cleanup.ts';

export interface TurnClocksDeps {
  readonly battles: BattleStore;
  readonly archiver: Pick<BattleArchiver, 'save'>;
  readonly changes: Pick<BattleChanges, 'change' | 'close' | 'finish'>;
  readonly lostBattles: Pick<LostBattleCleanup, 'releaseFighters'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: TurnRules;
}

/** A longer time without a heartbeat of the timers is a downtime. */
const MAX_HEARTBEAT_GAP_MS = 5_000;
/** Battles that a process checks at once. */
const BATCH = 32;
/** Longer than the check of a battle takes; what cannot be checked now is tried again then. */
const LEASE_MS = 5_000;

/** Of a leased battle. */
interface Check {
  /** When it was leased. */
  readonly nowMs: number;
  /** The end of the lease. */
  readonly untilMs: number;
  readonly downtime: Downtime | null;
}

/** Checks battles that are due. Processes share them by leases. */
export class TurnClocks {
  readonly #deps: TurnClocksDeps;
  readonly #logged = new LogOnce();

  constructor(deps: TurnClocksDeps) {
    this.#deps = deps;
  }

  /** `hasPaused`: ticks were left out on purpose, and that time is downtime, however short. */
  async tick(hasPaused: boolean): Promise<void> {
    let maxGapMs = hasPaused ? 0 : MAX_HEARTBEAT_GAP_MS;
    // A full batch means that more may be due. A batch that Redis held up was a downtime, too.
    while ((await this.#checkBatch(await this.#recordHeartbeat(maxGapMs))) === BATCH)
      maxGapMs = MAX_HEARTBEAT_GAP_MS;
  }

  async #checkBatch(downtime: Downtime | null): Promise<number> {
    const { battles, clock } = this.#deps;
    const nowMs = clock.now();
    const lease = { nowMs, untilMs: nowMs + LEASE_MS };
    const leased = await battles.leaseDue({ ...lease, limit: BATCH });
    await Promise.all(leased.map((battleId) => this.#tryCheck(battleId, { ...lease, downtime })));
    return leased.length;
  }

  async #tryCheck(battleId: string, check: Check): Promise<void> {
    try {
      const dueAtMs = await this.#check(battleId, check);
      if (dueAtMs !== null)
        await this.#deps.battles.postponeCheck(battleId, { untilMs: check.untilMs, dueAtMs });
    } catch (error) {
      // The newer release that wrote the record handles it.
      if (error instanceof NewerRecordError) return;
      if (this.#logged.isFirst(`${battleId} ${String(error)}`))
        this.#deps.log.error({ battleId, err: error }, 'battle check failed');
    }
  }

  /** The end of its turn if the battle goes on, else null. */
  async #check(battleId: string, check: Check): Promise<number | null> {
    const { battles, archiver, changes, lostBattles } = this.#deps;
    const record = await battles.get(battleId);
    if (record === null) await lostBattles.releaseFighters(battleId);
    else if (record.settled) await changes.close(battleId, await archiver.save(record));
    else if (record.endedAtMs !== null) await changes.finish(record);
    else {
      const endTurn = (now: BattleRecord) => this.#endTurn(now, check);
      const after = (await changes.change(battleId, endTurn, record))?.record ?? record;
      return after.endedAtMs === null ? after.turnEndsAtMs : null;
    }
    return null;
  }

  /** A turn that was not over at the lease is left for the next: Redis may have held this check up. */
  #endTurn(record: BattleRecord, { nowMs, downtime }: Check): BattleRecord | null {
    const extended = downtime === null ? null : compensateDowntime(record, downtime);
    if (extended !== null || record.turnEndsAtMs > nowMs) return extended;
    return timeOut(record, this.#deps.clock.now(), this.#deps.rules);
  }

  /** Answers the last downtime: every process compensates the battles that it checks. */
  async #recordHeartbeat(maxGapMs: number): Promise<Downtime | null> {
    const { battles, clock, log, rules } = this.#deps;
    const heartbeat = { nowMs: clock.now(), maxGapMs, mergeGapMs: rules.turnMs };
    const { downtime, hasResumed } = await battles.recordHeartbeat(heartbeat);
    if (hasResumed && downtime !== null)
      log.warn({ downtimeMs: downtime.toMs - downtime.fromMs }, 'downtime ended, turns extended');
    return downtime;
  }
}
