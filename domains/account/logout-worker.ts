import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { CloseReply, SessionPersister } from './session-persister.ts';
import type { UserStore } from './user-store.ts';
import type { DirtyKind, WriteBehindQueue } from './write-behind-queue.ts';

export interface LogoutRules {
  /** From the first unsaved change of a session to its save. */
  readonly saveAfterMs: number;
  /** A session is closed when its player was not seen for so long. */
  readonly idleAfterMs: number;
}

export interface LogoutWorkerDeps {
  readonly persister: SessionPersister;
  readonly players: Pick<UserStore, 'save'>;
  readonly writeBehind: WriteBehindQueue;
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: LogoutRules;
}

const BATCH_SIZE = 500;

/** Saves changed sessions and user choices, closes idle sessions. Any number of processes may run it. */
export class LogoutWorker {
  readonly #deps: LogoutWorkerDeps;

  constructor(deps: LogoutWorkerDeps) {
    this.#deps = deps;
  }

  /** Saves all that is due, and closes one batch of idle sessions. */
  async work(): Promise<void> {
    const { clock, rules } = this.#deps;
    await this.#saveDirty('session', clock.now() - rules.saveAfterMs);
    await this.#saveDirty('user', clock.now());
    await this.#closeIdle();
  }

  /** Writes everything that is dirty, for a process that ends; stops when the signal is aborted. */
  async flush(signal?: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    await this.#saveDirty('user', clock.now(), signal);
    await this.#saveDirty('session', clock.now(), signal);
  }

  /** In batches; what becomes dirty meanwhile is left. */
  async #saveDirty(kind: DirtyKind, sinceMs: number, signal?: AbortSignal): Promise<void> {
    while (signal?.aborted !== true && (await this.#saveBatch(kind, sinceMs)) === BATCH_SIZE);
  }

  /** The number of ids written. */
  async #saveBatch(kind: DirtyKind, sinceMs: number): Promise<number> {
    const { writeBehind, persister, players } = this.#deps;
    const ids = await writeBehind.leaseDirty(kind, { sinceMs, limit: BATCH_SIZE });
    if (ids.length === 0) return 0;
    const isWritten = await (kind === 'session' ? persister : players).save(ids);
    if (!isWritten) return 0;
    await writeBehind.acknowledge(kind, ids);
    return ids.length;
  }

  async #closeIdle(): Promise<void> {
    const { writeBehind, clock, rules } = this.#deps;
    const idle = await writeBehind.unseenSince(clock.now() - rules.idleAfterMs, BATCH_SIZE);
    for (const charId of idle) if ((await this.#close(charId)) === 'unavailable') return;
  }

  async #close(charId: number): Promise<CloseReply> {
    const { writeBehind, persister, isBusy, log } = this.#deps;
    try {
      const seenAtMs = await writeBehind.seenAt(charId);
      const isHeld = await isBusy(charId);
      const reply = isHeld ? 'left_open' : await persister.close(charId, 'set_aside');
      const hasReturned = (await writeBehind.seenAt(charId)) !== seenAtMs;
      if (hasReturned || reply === 'unavailable') return reply;
      // A session that is left open is tried again after another idle period.
      await (reply === 'left_open'
        ? writeBehind.recordSeen(charId)
        : writeBehind.forgetSeen(charId));
      return reply;
    } catch (error) {
      // It must not block the others, nor be logged at every step.
      log.error({ charId, err: error }, 'idle session close failed');
      await writeBehind.recordSeen(charId);
      return 'left_open';
    }
  }
}
