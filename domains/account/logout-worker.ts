import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { LastingPlayers } from './lasting-players.ts';
import type { OwedKind, SessionLedger } from './session-ledger.ts';
import type { CloseReply, SessionKeeper } from './session-keeper.ts';

export interface LogoutRules {
  /** A session is saved so long after its first change that was not. */
  readonly saveAfterMs: number;
  /** A session whose player was not seen for so long is saved and closed. */
  readonly idleAfterMs: number;
}

export interface LogoutWorkerDeps {
  readonly keeper: SessionKeeper;
  readonly players: Pick<LastingPlayers, 'catchUp'>;
  readonly ledger: SessionLedger;
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: LogoutRules;
}

const AT_ONCE = 200;

/**
 * Writes behind: what lives in Redis and is owed to the database. Any number of processes may run
 * it; each thing is done once in effect, and what one of them began and did not end is done later.
 */
export class LogoutWorker {
  readonly #deps: LogoutWorkerDeps;

  constructor(deps: LogoutWorkerDeps) {
    this.#deps = deps;
  }

  /** One step: sessions that changed a while ago, choices that are still owed, players long gone. */
  async work(): Promise<void> {
    const { clock, rules } = this.#deps;
    await this.#writeDown('session', clock.now() - rules.saveAfterMs);
    await this.#writeDown('user', clock.now());
    await this.#closeIdle();
  }

  /** Everything that is owed, for a process that ends; what the signal cuts off stays owed. */
  async flush(signal?: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    for (const kind of ['user', 'session'] as const) {
      while (signal?.aborted !== true && (await this.#writeDown(kind, clock.now())) === AT_ONCE);
    }
  }

  /** Answers how many were written down. */
  async #writeDown(kind: OwedKind, sinceMs: number): Promise<number> {
    const { ledger, keeper, players } = this.#deps;
    const ids = await ledger.takeOwed(kind, { sinceMs, limit: AT_ONCE });
    if (ids.length === 0) return 0;
    const isDone = await (kind === 'session' ? keeper.save(ids) : players.catchUp(ids));
    // Else they can be taken again after a while, by whomever.
    if (!isDone) return 0;
    await ledger.settle(kind, ids);
    return ids.length;
  }

  async #closeIdle(): Promise<void> {
    const { ledger, clock, rules } = this.#deps;
    const idle = await ledger.unseenSince(clock.now() - rules.idleAfterMs, AT_ONCE);
    for (const charId of idle) if ((await this.#tryClose(charId)) === 'away') return;
  }

  /** A session that cannot be closed does not keep the others from it; it is tried again a day later. */
  async #tryClose(charId: number): Promise<CloseReply> {
    const { ledger, log } = this.#deps;
    try {
      return await this.#closeOne(charId);
    } catch (error) {
      log.error({ charId, err: error }, 'idle session close failed');
      await ledger.noteSeen(charId);
      return 'kept';
    }
  }

  async #closeOne(charId: number): Promise<CloseReply> {
    const { ledger, keeper, isBusy } = this.#deps;
    const lastSeenAtMs = await ledger.seenAt(charId);
    const reply = (await isBusy(charId)) ? 'kept' : await keeper.close(charId);
    const isUnseen = (await ledger.seenAt(charId)) === lastSeenAtMs;
    if (!isUnseen || reply === 'away') return reply;
    // What cannot be closed is looked at again after another such time.
    await (reply === 'kept' ? ledger.noteSeen(charId) : ledger.forgetSeen(charId));
    return reply;
  }
}
