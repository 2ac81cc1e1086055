import type { Conversation } from '@grammyjs/conversations';
import type { Context, MiddlewareFn } from 'grammy';
import type { ArenaContext } from './arena-context.ts';
import type { BotDeps } from './bot-deps.ts';

export const NAME_CONVERSATION = 'name';

/**
 * Waits for a name to be typed. It holds no state of the game and calls no API: conversations
 * replay from their beginning, so everything with an effect is done outside, once.
 */
export function nameConversation(deps: NameDeps) {
  return async (conversation: Conversation<ArenaContext>): Promise<void> => {
    let asked = true;
    while (asked) {
      const { update } = await conversation.waitUntil(isTypedText, { next: true });
      let failure: unknown = null;
      asked = await conversation.external({
        task: () => takeTypedText(deps, update),
        beforeStoreError: (error) => {
          failure = error;
          return String(error);
        },
        // What is stored is a word of it; whoever answers for the error wants the error itself.
        afterLoadError: (told) => failure ?? told,
      });
    }
  };
}

/** Text answers only what the present screen asks for: a conversation left over is ended by it. */
export function endLeftover({ outbox, reception }: NameDeps): MiddlewareFn<ArenaContext> {
  return async (ctx, next) => {
    if (ctx.chat?.type === 'private' && ctx.from !== undefined && isTypedText(ctx)) {
      // A screen that nobody remembers is the one of the player's place.
      const asks = await outbox.asks(ctx.from.id);
      ctx.asksForName =
        asks === undefined ? await reception.asksForName(ctx.from.id) : asks === 'name';
      if (!ctx.asksForName) await ctx.conversation.exit(NAME_CONVERSATION);
    }
    await next();
  };
}

type NameDeps = Pick<BotDeps, 'reception' | 'outbox'>;

/** Hands typed text to the game and shows what comes of it; true while more text is asked for. */
export async function takeTypedText(
  { reception, outbox }: NameDeps,
  update: Context['update'],
): Promise<boolean> {
  const { message } = update;
  if (message?.from === undefined || message.text === undefined) return true;
  const reply = await reception.typed(message.from.id, message.text);
  void outbox.show(message.chat.id, reply.payload, { manner: 'below' });
  return reply.payload.asks === 'name';
}

function isTypedText(ctx: Context): boolean {
  const typed = ctx.message?.text;
  return typed !== undefined && !typed.startsWith('/');
}
