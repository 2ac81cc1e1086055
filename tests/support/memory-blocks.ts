import {
  type BlockedUser,
  type BlocksRepository,
  MAX_BLOCKS,
} from '../../domains/account/block-list.ts';

export class MemoryBlocks implements BlocksRepository {
  readonly #blocked = new Map<number, readonly number[]>();

  listOf(userId: number): Promise<BlockedUser[]> {
    return Promise.resolve(this.#of(userId).map((one) => ({ userId: one, names: [] })));
  }

  block(userId: number, blockedId: number): Promise<'blocked' | 'full'> {
    const held = this.#of(userId);
    if (held.includes(blockedId)) return Promise.resolve('blocked');
    if (held.length >= MAX_BLOCKS) return Promise.resolve('full');
    this.#blocked.set(userId, [blockedId, ...held]);
    return Promise.resolve('blocked');
  }

  unblock(userId: number, blockedId: number): Promise<void> {
    const others = this.#of(userId).filter((one) => one !== blockedId);
    this.#blocked.set(userId, others);
    return Promise.resolve();
  }

  #of(userId: number): readonly number[] {
    return this.#blocked.get(userId) ?? [];
  }
}
