import type { Conversation } from '@grammyjs/conversations';
import type { Context, MiddlewareFn } from 'grammy';
import type { ArenaContext } from './arena-context.ts';
import type { BotDeps } from './bot-deps.ts';
import { withNotice } from './with-notice.ts';

/** Stored with open conversations, so it stays as earlier releases wrote it. */
export const TYPED_CONVERSATION = 'name';

type TypedDeps = Pick<BotDeps, 'router' | 'outbox' | 'features'>;

/**
 * Waits for the text that a screen asks for. It has no state and calls no API: the plugin replays a
 * conversation from its beginning, so everything with an effect is external and runs once.
 */
export function typedConversation(deps: TypedDeps) {
  return async (conversation: Conversation<ArenaContext>): Promise<void> => {
    let isAsked = true;
    while (isAsked) {
      await conversation.waitUntil(isTypedText, { next: true });
      let failure: unknown = null;
      isAsked = await conversation.external({
        task: (ctx) => answerTypedText(deps, ctx),
        beforeStoreError: (error) => {
          failure = error;
          return String(error);
        },
        // The plugin stores the error as text; the error boundary needs the error itself.
        afterLoadError: (stored) => failure ?? stored,
      });
    }
  };
}

/** Text answers only what the current screen asks for: a conversation about anything else is closed. */
export function closeStaleConversation(deps: TypedDeps): MiddlewareFn<ArenaContext> {
  return async (ctx, next) => {
    if (ctx.chat?.type === 'private' && ctx.from !== undefined && isTypedText(ctx)) {
      ctx.asks = await expectedText(deps, ctx.from.id);
      if (ctx.asks === null) await ctx.conversation.exit(TYPED_CONVERSATION);
    }
    await next();
  };
}

/** The name of the text that is asked for; null if nothing is. */
async function expectedText({ outbox, router, features }: TypedDeps, userId: number) {
  const shown = await outbox.asks(userId);
  // Without a remembered screen, the place of the character decides.
  const asks = shown === undefined ? await router.expectedText(userId) : shown;
  return asks !== null && features.asksFor(asks) ? asks : null;
}

/** Gives typed text to its feature and shows the reply; true while the new screen asks for text. */
export async function answerTypedText(
  { router, outbox }: TypedDeps,
  ctx: Pick<ArenaContext, 'message' | 'asks' | 'tapAnswer'>,
): Promise<boolean> {
  const { message, asks = null } = ctx;
  if (message?.from === undefined || message.text === undefined || asks === null) return true;
  const { from, text: typed } = message;
  const asOfMs = outbox.now();
  const reply = await router.handleText(from.id, { asks, typed });
  if (reply === null) return false;
  void outbox.show(from.id, withNotice(reply, ctx), { mode: 'resend', asOfMs });
  return reply.payload.asks !== undefined;
}

/** Telegram's entities say what is a command: `/usr/bin` is none. */
function isTypedText({ message }: Context): boolean {
  if (message?.text === undefined) return false;
  return message.entities?.some((one) => one.type === 'bot_command' && one.offset === 0) !== true;
}
