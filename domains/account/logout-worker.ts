import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { UserStore } from './user-store.ts';
import type { DirtyKind, WriteBehindQueue } from './write-behind-queue.ts';
import type { CloseReply, SessionPersister } from './session-persister.ts';

export interface LogoutRules {
  /** A session is saved so long after its first change that was not. */
  readonly saveAfterMs: number;
  /** A session whose player was not seen for so long is saved and closed. */
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

const BATCH_SIZE = 200;

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
    await this.#flushDirty('session', clock.now() - rules.saveAfterMs);
    await this.#flushDirty('user', clock.now());
    await this.#closeIdle();
  }

  /** Everything that is owed, for a process that ends; what the signal cuts off stays owed. */
  async flush(signal?: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    for (const kind of ['user', 'session'] as const) {
      while (
        signal?.aborted !== true &&
        (await this.#flushDirty(kind, clock.now())) === BATCH_SIZE
      );
    }
  }

  /** Answers how many were written down. */
  async #flushDirty(kind: DirtyKind, sinceMs: number): Promise<number> {
    const { writeBehind, persister, players } = this.#deps;
    const ids = await writeBehind.leaseDirty(kind, { sinceMs, limit: BATCH_SIZE });
    if (ids.length === 0) return 0;
    const isDone = await (kind === 'session' ? persister.save(ids) : players.save(ids));
    // Else they can be taken again after a while, by whomever.
    if (!isDone) return 0;
    await writeBehind.acknowledge(kind, ids);
    return ids.length;
  }

  async #closeIdle(): Promise<void> {
    const { writeBehind, clock, rules } = this.#deps;
    const idle = await writeBehind.unseenSince(clock.now() - rules.idleAfterMs, BATCH_SIZE);
    for (const charId of idle) if ((await this.#tryClose(charId)) === 'unavailable') return;
  }

  /** A session that cannot be closed does not keep the others from it; it is tried again a day later. */
  async #tryClose(charId: number): Promise<CloseReply> {
    const { writeBehind, log } = this.#deps;
    try {
      return await this.#closeOne(charId);
    } catch (error) {
      log.error({ charId, err: error }, 'idle session close failed');
      await writeBehind.recordSeen(charId);
      return 'left_open';
    }
  }

  async #closeOne(charId: number): Promise<CloseReply> {
    const { writeBehind, persister, isBusy } = this.#deps;
    const lastSeenAtMs = await writeBehind.seenAt(charId);
    const reply = (await isBusy(charId)) ? 'left_open' : await persister.close(charId);
    const isUnseen = (await writeBehind.seenAt(charId)) === lastSeenAtMs;
    if (!isUnseen || reply === 'unavailable') return reply;
    // What cannot be closed is looked at again after another such time.
    await (reply === 'left_open' ? writeBehind.recordSeen(charId) : writeBehind.forgetSeen(charId));
    return reply;
  }
}
