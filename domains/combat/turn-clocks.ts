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

/** Checks battles that are due. Processes share them by leases. */
export class TurnClocks {
  readonly #deps: TurnClocksDeps;
  readonly #logged = new LogOnce();

  constructor(deps: TurnClocksDeps) {
    this.#deps = deps;
  }

  /** `hasPaused`: ticks were left out on purpose, and that time is downtime, however short. */
  async tick(hasPaused: boolean): Promise<void> {
    const downtime = await this.#recordHeartbeat(hasPaused ? 0 : MAX_HEARTBEAT_GAP_MS);
    // A full batch means that more may be due.
    while ((await this.#checkBatch(downtime)) === BATCH);
    // The time that these checks took is no downtime.
    await this.#recordHeartbeat(null);
  }

  async #checkBatch(downtime: Downtime | null): Promise<number> {
    const { battles, clock } = this.#deps;
    const nowMs = clock.now();
    const untilMs = nowMs + LEASE_MS;
    const leased = await battles.leaseDue({ nowMs, untilMs, limit: BATCH });
    await Promise.all(leased.map((battleId) => this.#tryCheck(battleId, { untilMs, downtime })));
    return leased.length;
  }

  async #tryCheck(
    battleId: string,
    { untilMs, downtime }: { readonly untilMs: number; readonly downtime: Downtime | null },
  ): Promise<void> {
    try {
      const runsUntilMs = await this.#check(battleId, downtime);
      if (runsUntilMs !== null)
        await this.#deps.battles.postponeCheck(battleId, { untilMs, dueAtMs: runsUntilMs });
    } catch (error) {
      // The newer release that wrote the record handles it.
      if (error instanceof NewerRecordError) return;
      if (this.#logged.isFirst(`${battleId} ${String(error)}`))
        this.#deps.log.error({ battleId, err: error }, 'battle check failed');
    }
  }

  /** The end of its turn if the battle goes on, else null. */
  async #check(battleId: string, downtime: Downtime | null): Promise<number | null> {
    const { battles, archiver, changes, lostBattles, clock, rules } = this.#deps;
    const record = await battles.get(battleId);
    if (record === null) await lostBattles.releaseFighters(battleId);
    else if (record.settled) await changes.close(battleId, await archiver.save(record));
    else if (record.endedAtMs !== null) await changes.finish(record);
    else {
      const endTurn = (now: BattleRecord) =>
        (downtime && compensateDowntime(now, downtime)) ?? timeOut(now, clock.now(), rules);
      const after = (await changes.change(battleId, endTurn, record))?.record ?? record;
      return after.endedAtMs === null ? after.turnEndsAtMs : null;
    }
    return null;
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
}
