import type {
  ConversationData,
  ConversationKeyStorage,
  VersionedState,
} from '@grammyjs/conversations';
import { z } from 'zod';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { ArenaContext } from './arena-context.ts';

const KIND = 'conversation';
/** Who has not answered for a day is asked anew. */
const TTL_S = 24 * 3600;

/** The outer shape; what is inside belongs to the plugin, which checks it by its version. */
const versionedSchema = z.object({
  version: z.tuple([z.literal(0), z.union([z.string(), z.number()])]),
  state: z.custom<ConversationData>((state) => typeof state === 'object' && state !== null),
});

/** Conversations in the memo store, so that a restart does not drop the ones under way. */
export function conversationStorage(
  memos: MemoStore,
): ConversationKeyStorage<ArenaContext, ConversationData> {
  return {
    type: 'key',
    version: 1,
    getStorageKey: (ctx) => ctx.from?.id.toString(),
    adapter: {
      async read(key): Promise<VersionedState<ConversationData> | undefined> {
        const parsed = versionedSchema.safeParse(await memos.read(KIND, key));
        return parsed.success ? parsed.data : undefined;
      },
      async write(key, state) {
        await memos.write(KIND, key, { value: state, ttlS: TTL_S });
      },
      async delete(key) {
        await memos.erase(KIND, key);
      },
    },
  };
}
