import type {
  ConversationContextStorage,
  ConversationData,
  VersionedState,
} from '@grammyjs/conversations';
import type { Context } from 'grammy';
import { z } from 'zod';
import type { MemoStore } from '../domains/core/memo-store.ts';

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
): ConversationContextStorage<Context, ConversationData> {
  const adapter: ConversationContextStorage<Context, ConversationData>['adapter'] = {
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

/** For a user whose data is erased. */
export async function forgetConversation(
  memos: MemoStore,
  { me, chat, from }: Context,
): Promise<void> {
  if (chat !== undefined && from !== undefined)
    await memos.erase(KIND, idOf(me.id, chat.id, from.id));
}

function idOf(...ids: readonly number[]): string {
  return ids.join(':');
}

/** Bot, chat and user, if this is text typed in a private chat; null for any other update. */
function typistOf({ me, chat, from, message }: Context): string | null {
  if (chat?.type !== 'private' || from === undefined || message?.text === undefined) return null;
  return idOf(me.id, chat.id, from.id);
}
