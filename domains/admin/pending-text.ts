import { z } from 'zod';
import { PENDING_S } from '../../resources/numbers/admin.ts';
import type { MemoOfUser, MemoStore } from '../core/memo-store.ts';
import { announcementTextsSchema } from './announcement-store.ts';
import { banLengths } from './admin-action.ts';

/** What the next text of an operator is for. `preview`: a broadcast that waits for its confirmation, as an
 * `announcement` in all languages does. */
const pendingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ban'), userId: z.int(), length: z.enum(banLengths) }),
  z.strictObject({ kind: z.enum(['message', 'gold']), userId: z.int() }),
  z.strictObject({ kind: z.literal('broadcast') }),
  /** By language, those that were typed so far. */
  z.strictObject({ kind: z.literal('announcement'), texts: announcementTextsSchema }),
  z.strictObject({ kind: z.literal('preview'), message: z.string() }),
]);
export type Pending = z.infer<typeof pendingSchema>;

const MEMO: MemoOfUser = 'admin';

export class PendingText {
  readonly #memos: MemoStore;

  constructor(memos: MemoStore) {
    this.#memos = memos;
  }

  async write(admin: number, value: Pending): Promise<void> {
    await this.#memos.write(MEMO, String(admin), { value, ttlS: PENDING_S });
  }

  /** Once; null: nothing was asked for, or too long ago. */
  async take(admin: number): Promise<Pending | null> {
    const read = pendingSchema.safeParse(await this.#memos.read(MEMO, String(admin)));
    await this.#memos.erase(MEMO, String(admin));
    return read.data ?? null;
  }
}
