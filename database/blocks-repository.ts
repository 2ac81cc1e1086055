import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import {
  type BlockedUser,
  type BlocksRepository,
  MAX_BLOCKS,
} from '../domains/account/block-list.ts';
import { lockUser } from './add-user.ts';
import type { Database } from './database.ts';
import { blocks } from './schema-privacy.ts';
import { characters } from './schema.ts';

export class SqlBlocks implements BlocksRepository {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async listOf(userId: number): Promise<BlockedUser[]> {
    const isTheirs = eq(characters.user_id, blocks.blocked_user_id);
    return this.#db
      .select({
        userId: blocks.blocked_user_id,
        names: sql<string[]>`coalesce(array_agg(${characters.name} order by ${characters.id})
          filter (where ${characters.name} is not null), '{}')`,
      })
      .from(blocks)
      .leftJoin(characters, and(isTheirs, isNull(characters.deleted_at)))
      .where(eq(blocks.user_id, userId))
      .groupBy(blocks.blocked_user_id, blocks.created_at)
      .orderBy(desc(blocks.created_at), desc(blocks.blocked_user_id));
  }

  /** Locks the user's row: two taps at once must not exceed the limit. */
  async block(userId: number, blockedId: number): Promise<'blocked' | 'full'> {
    return this.#db.transaction(async (tx) => {
      await lockUser(tx, userId);
      const held = await tx
        .select({ id: blocks.blocked_user_id })
        .from(blocks)
        .where(eq(blocks.user_id, userId));
      if (held.some(({ id }) => id === blockedId)) return 'blocked';
      if (held.length >= MAX_BLOCKS) return 'full';
      await tx.insert(blocks).values({ user_id: userId, blocked_user_id: blockedId });
      return 'blocked';
    });
  }

  async unblock(userId: number, blockedId: number): Promise<void> {
    await this.#db
      .delete(blocks)
      .where(and(eq(blocks.user_id, userId), eq(blocks.blocked_user_id, blockedId)));
  }
}
