import { type CallResult, CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { MemoStore } from '../core/memo-store.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import type { AccountSnapshot, AccountStore } from './account-store.ts';
import { keepSession } from './keep-session.ts';
import type { SaveReply, SavedSessions, SessionToSave } from './saved-sessions.ts';
import type { WriteBehindQueue } from './write-behind-queue.ts';

export interface SessionPersisterDeps {
  readonly accounts: Pick<AccountStore, 'snapshotAccount' | 'deleteIfUnchanged'>;
  readonly savedSessions: Pick<SavedSessions, 'save'>;
  readonly writeBehind: Pick<WriteBehindQueue, 'markDirty' | 'seenAt'>;
  /** The bag that the session has opened is closed with it. */
  readonly inventories: { deleteInventory(inventoryId: string): Promise<void> };
  readonly memos: Pick<MemoStore, 'write'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * `none`: there was no session. `unavailable`: the database is, and the session stays open.
 * `left_open`: it stays open because the database does not accept it, it kept changing, or a newer
 * release wrote it.
 */
export type CloseReply = 'closed' | 'none' | 'unavailable' | 'left_open';

type ReadSession = SessionToSave & AccountSnapshot;

/** A session that changes between save and delete is saved again. */
const MAX_CLOSE_ATTEMPTS = 3;

export class SessionPersister {
  readonly #deps: SessionPersisterDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: SessionPersisterDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({
      ...deps,
      events: {
        unavailableEvent: 'session save failed',
        availableEvent: 'session save available again',
      },
    });
  }

  /** False if the database is unavailable and nothing was saved. */
  async save(charIds: readonly number[]): Promise<boolean> {
    const read = await Promise.all(charIds.map((charId) => this.#read(charId)));
    const sessions = read.filter((one) => one !== 'newer' && one !== null);
    return (await this.#trySave(sessions)).kind === 'answered';
  }

  /**
   * Deletes a session only if it is still exactly what was saved, so that no change is lost. One whose
   * character is missing is the only copy: the database may have been replaced by one without it.
   */
  async close(
    charId: number,
    ifMissing: 'leave_open' | 'set_aside' = 'leave_open',
  ): Promise<CloseReply> {
    const { accounts, writeBehind, memos } = this.#deps;
    for (let attempt = 0; attempt < MAX_CLOSE_ATTEMPTS; attempt += 1) {
      const session = await this.#read(charId);
      if (session === null) return 'none';
      if (session === 'newer') return 'left_open';
      const saved = await this.#trySave([session]);
      if (saved.kind === 'unavailable') {
        await writeBehind.markDirty('session', charId);
        return 'unavailable';
      }
      const [reply] = saved.value;
      const isSetAside = reply === 'missing' && ifMissing === 'set_aside';
      if (reply !== 'saved' && !isSetAside) return 'left_open';
      if (isSetAside) await keepSession(memos, charId, session.context);
      if (await accounts.deleteIfUnchanged(charId, session))
        return this.#closed(session, isSetAside);
    }
    return 'left_open';
  }

  async #closed({ charId, context }: ReadSession, isSetAside: boolean): Promise<'closed'> {
    const { inventories, log } = this.#deps;
    if (isSetAside) log.warn({ charId, userId: context.user_id }, 'session set aside');
    const { inventory_id: inventoryId } = context.sessions;
    if (inventoryId !== null) await inventories.deleteInventory(inventoryId);
    return 'closed';
  }

  /** `newer`: marked dirty for the newer release that wrote it. */
  async #read(charId: number): Promise<ReadSession | 'newer' | null> {
    const { accounts, writeBehind, clock } = this.#deps;
    // Before the read: a save that claims to be newer than its content would hide later changes.
    const savedAtMs = clock.now();
    try {
      const snapshot = await accounts.snapshotAccount(charId);
      if (snapshot === null) return null;
      const seenAtMs = (await writeBehind.seenAt(charId)) ?? savedAtMs;
      return { ...snapshot, charId, savedAtMs, seenAtMs };
    } catch (error) {
      if (!(error instanceof NewerRecordError)) throw error;
      await writeBehind.markDirty('session', charId);
      return 'newer';
    }
  }

  async #trySave(sessions: readonly SessionToSave[]): Promise<CallResult<SaveReply[]>> {
    if (sessions.length === 0) return { kind: 'answered', value: [] };
    const { savedSessions, writeBehind, log } = this.#deps;
    const saved = await this.#breaker.call(() => savedSessions.save(sessions));
    if (saved.kind === 'unavailable') return saved;
    const idsOf = (reply: SaveReply) =>
      sessions.filter((_one, index) => saved.value[index] === reply).map(({ charId }) => charId);
    const missing = idsOf('missing');
    if (missing.length > 0) log.warn({ charIds: missing }, 'session character missing');
    // The stored session was saved by a process whose clock is ahead; a later save of this one succeeds.
    for (const charId of idsOf('older')) await writeBehind.markDirty('session', charId);
    return saved;
  }
}
