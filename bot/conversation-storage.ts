import type {
  ConversationContextStorage,
  ConversationData,
  VersionedState,
} from '@grammyjs/conversations';
import { z } from 'zod';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { ArenaContext } from './arena-context.ts';

const KIND = 'conversation';
/** After a day without an answer the question is asked again. */
const TTL_S = 24 * 3600;

/** The outer shape; the plugin checks what is inside by its own version. */
const versionedSchema = z.object({
  version: z.tuple([z.literal(0), z.union([z.string(), z.number()])]),
  state: z.custom<ConversationData>((state) => typeof state === 'object' && state !== null),
});

/**
 * Keeps open conversations over a restart. Only typed text in a private chat can answer one: for any
 * other update nothing is read or written.
 */
export function conversationStorage(
  memos: MemoStore,
): ConversationContextStorage<ArenaContext, ConversationData> {
  const adapter: ConversationContextStorage<ArenaContext, ConversationData>['adapter'] = {
    async read(ctx): Promise<VersionedState<ConversationData> | undefined> {
      const id = typistOf(ctx);
      if (id === null) return undefined;
      const parsed = versionedSchema.safeParse(await memos.read(KIND, id));
      return parsed.success ? parsed.data : undefined;
    },
    async write(ctx, state) {
      const id = typistOf(ctx);
      if (id !== null) await memos.write(KIND, id, { value: state, ttlS: TTL_S });
    },
    async delete(ctx) {
      const id = typistOf(ctx);
      if (id !== null) await memos.erase(KIND, id);
    },
  };
  return { type: 'context', version: 1, adapter };
}

/** The user who typed text in a private chat; null for any other update. */
function typistOf(ctx: ArenaContext): string | null {
  const isTyped = ctx.chat?.type === 'private' && ctx.message?.text !== undefined;
  return isTyped && ctx.from !== undefined ? ctx.from.id.toString() : null;
}
