import { type CallResult, CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import type { AccountSnapshot, AccountStore } from './account-store.ts';
import type { SaveReply, SavedSessions, SessionToSave } from './saved-sessions.ts';
import type { WriteBehindQueue } from './write-behind-queue.ts';

export interface SessionPersisterDeps {
  readonly accounts: Pick<AccountStore, 'getFullAccount' | 'snapshotAccount' | 'deleteIfUnchanged'>;
  readonly savedSessions: Pick<SavedSessions, 'save'>;
  readonly writeBehind: Pick<WriteBehindQueue, 'markDirty' | 'seenAt'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What became of a session that was to be closed. `none`: there was none. `away`: the database is,
 * and the session lives on. `kept`: it lives on as well, for the database does not know the character
 * or will not have the session, because it did not keep still, or because a newer release wrote it.
 */
export type CloseReply = 'closed' | 'none' | 'unavailable' | 'left_open';

/** A session that changes between save and delete is saved again, so often. */
const MAX_CLOSE_ATTEMPTS = 3;

/** Writes live sessions down for good: saved first, deleted after. */
export class SessionPersister {
  readonly #deps: SessionPersisterDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: SessionPersisterDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({
      ...deps,
      events: {
        unavailableEvent: 'live sessions cannot be saved; Redis alone remembers them',
        availableEvent: 'live sessions are saved again',
      },
    });
  }

  /** Saves the sessions that live; false if the database is away, and nothing was saved. */
  async save(charIds: readonly number[]): Promise<boolean> {
    const sessions = await Promise.all(charIds.map((charId) => this.#read(charId)));
    return (await this.#trySave(sessions.flatMap((one) => one ?? []))).kind === 'answered';
  }

  /** Never loses a change: only what has been saved as it is is deleted. */
  async close(charId: number): Promise<CloseReply> {
    const { accounts, writeBehind } = this.#deps;
    for (let tries = 0; tries < MAX_CLOSE_ATTEMPTS; tries += 1) {
      // Before it is read: what is read may only be newer.
      const savedAtMs = this.#deps.clock.now();
      const snapshot = await this.#snapshot(charId);
      if (snapshot === 'newer') return 'left_open';
      if (snapshot === null) return 'none';
      const seenAtMs = (await writeBehind.seenAt(charId)) ?? savedAtMs;
      const saved = await this.#trySave([
        { charId, context: snapshot.context, savedAtMs, seenAtMs },
      ]);
      if (saved.kind === 'unavailable') {
        await writeBehind.markDirty('session', charId);
        return 'unavailable';
      }
      if (saved.value[0] !== 'saved') return 'left_open';
      if (await accounts.deleteIfUnchanged(charId, snapshot)) return 'closed';
    }
    return 'left_open';
  }

  async #snapshot(charId: number): Promise<AccountSnapshot | 'newer' | null> {
    try {
      return await this.#deps.accounts.snapshotAccount(charId);
    } catch (error) {
      if (error instanceof NewerRecordError) return 'newer';
      throw error;
    }
  }

  async #read(charId: number): Promise<SessionToSave | null> {
    const { accounts, writeBehind, clock } = this.#deps;
    const savedAtMs = clock.now();
    const context = await accounts.getFullAccount(charId).catch(async (error: unknown) => {
      // Left for the release that wrote it to save.
      if (!(error instanceof NewerRecordError)) throw error;
      await writeBehind.markDirty('session', charId);
      return null;
    });
    if (context === null) return null;
    return {
      charId,
      context,
      savedAtMs,
      seenAtMs: (await writeBehind.seenAt(charId)) ?? savedAtMs,
    };
  }

  async #trySave(sessions: readonly SessionToSave[]): Promise<CallResult<SaveReply[]>> {
    if (sessions.length === 0) return { kind: 'answered', value: [] };
    const saved = await this.#breaker.call(() => this.#deps.savedSessions.save(sessions));
    if (saved.kind === 'unavailable') return saved;
    this.#logMissing(sessions, saved.value);
    await this.#markOlderDirty(sessions, saved.value);
    return saved;
  }

  /**
   * What is kept was saved later, if only by a clock that goes ahead: then this one is the newer.
   * Saved again after a while it is kept, as soon as our clock has come so far.
   */
  async #markOlderDirty(
    sessions: readonly SessionToSave[],
    replies: readonly SaveReply[],
  ): Promise<void> {
    const older = sessions.filter((_one, index) => replies[index] === 'older');
    for (const { charId } of older) await this.#deps.writeBehind.markDirty('session', charId);
  }

  #logMissing(sessions: readonly SessionToSave[], replies: readonly SaveReply[]): void {
    const missing = sessions.filter((_one, index) => replies[index] === 'missing');
    if (missing.length === 0) return;
    this.#deps.log.warn(
      { charIds: missing.map(({ charId }) => charId) },
      'the database does not know these characters; Redis alone has their sessions',
    );
  }
}
