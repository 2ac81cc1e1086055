import { z } from 'zod';
import { PENDING_S } from '../../resources/numbers/admin.ts';
import type { MemoOfUser, MemoStore } from '../core/memo-store.ts';
import { announcementTextsSchema } from './announcement-store.ts';
import { banLengths } from './admin-action.ts';

/** What the next text of an operator is for. `preview`: a broadcast that waits for its confirmation, as an
 * `announcement` in all languages does. */
const pendingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ban'), userId: z.int(), length: z.enum(banLengths) }),
  z.strictObject({ kind: z.literal('message'), userId: z.int() }),
  z.strictObject({ kind: z.literal('gold'), userId: z.int(), charId: z.int() }),
  z.strictObject({ kind: z.literal('broadcast') }),
  /** By language, those that were typed so far. */
  z.strictObject({
    kind: z.literal('announcement'),
    previewId: z.string(),
    texts: announcementTextsSchema,
  }),
  z.strictObject({ kind: z.literal('preview'), previewId: z.string(), message: z.string() }),
]);
export type Pending = z.infer<typeof pendingSchema>;
type Preview = Extract<Pending, { readonly previewId: string }>;

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
    const pending = await this.#read(admin);
    await this.#memos.erase(MEMO, String(admin));
    return pending;
  }

  /** Once; null: it is gone, or another text is asked for, which stays. */
  async takePreview(admin: number, previewId: string): Promise<Preview | null> {
    const pending = await this.#read(admin);
    if (pending === null || !('previewId' in pending) || pending.previewId !== previewId)
      return null;
    await this.#memos.erase(MEMO, String(admin));
    return pending;
  }

  async #read(admin: number): Promise<Pending | null> {
    const read = pendingSchema.safeParse(await this.#memos.read(MEMO, String(admin)));
    return read.data ?? null;
  }
}
