import { z } from 'zod';
import { MAX_BLOCKS } from '../../resources/numbers/account.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { MemoOfUser, MemoStore } from '../core/memo-store.ts';

export { MAX_BLOCKS };

/** A user who is blocked, called by the names of their characters; they may have none any more. */
export interface BlockedUser {
  readonly userId: number;
  readonly names: readonly string[];
}

/** Who has blocked whom, in the database. */
export interface BlocksRepository {
  /** Latest first. */
  listOf(userId: number): Promise<BlockedUser[]>;
  /** `full`: the user has blocked as many as one can. */
  block(userId: number, blockedId: number): Promise<'blocked' | 'full'>;
  unblock(userId: number, blockedId: number): Promise<void>;
}

export type BlockReply = 'blocked' | 'full' | 'unavailable';

export interface BlockListDeps {
  readonly blocks: BlocksRepository;
  readonly memos: MemoStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** What Redis remembers for searches: ids of blocked users. */
const BLOCKED: MemoOfUser = 'blocked';
const MEMO_TTL_S = 86_400;
const memoSchema = z.array(z.int());

/** Users who are never paired. Searches read a copy in Redis, which each change deletes. */
export class BlockList {
  readonly #deps: BlockListDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: BlockListDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  /** Nobody if the database is unavailable and Redis has no copy: the search goes on. */
  async blockedBy(userId: number): Promise<readonly number[]> {
    const { memos } = this.#deps;
    const remembered = memoSchema.safeParse(await memos.read(BLOCKED, String(userId)));
    if (remembered.success) return remembered.data;
    const ids = (await this.list(userId))?.map((one) => one.userId) ?? null;
    if (ids !== null) await memos.write(BLOCKED, String(userId), { value: ids, ttlS: MEMO_TTL_S });
    return ids ?? [];
  }

  /** null: the database is unavailable. */
  async list(userId: number): Promise<readonly BlockedUser[] | null> {
    const found = await this.#breaker.call(() => this.#deps.blocks.listOf(userId));
    return found.kind === 'answered' ? found.value : null;
  }

  async block(userId: number, blockedId: number): Promise<BlockReply> {
    const saved = await this.#breaker.call(() => this.#deps.blocks.block(userId, blockedId));
    if (saved.kind === 'unavailable') return 'unavailable';
    await this.#deps.memos.erase(BLOCKED, String(userId));
    return saved.value;
  }

  /** False: the database is unavailable. */
  async unblock(userId: number, blockedId: number): Promise<boolean> {
    const saved = await this.#breaker.call(() => this.#deps.blocks.unblock(userId, blockedId));
    if (saved.kind === 'unavailable') return false;
    await this.#deps.memos.erase(BLOCKED, String(userId));
    return true;
  }
}
