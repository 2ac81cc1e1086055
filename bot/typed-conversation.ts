import type { Conversation } from '@grammyjs/conversations';
import type { Context, MiddlewareFn } from 'grammy';
import type { ArenaContext } from './arena-context.ts';
import type { BotDeps } from './bot-deps.ts';

/** Stored with the conversations of earlier releases, which asked for names alone. */
export const TYPED_CONVERSATION = 'name';

/**
 * Waits for the text that a screen asks for. It holds no state of the game and calls no API:
 * conversations replay from their beginning, so everything with an effect is done outside, once.
 */
export function typedConversation(deps: TypedDeps) {
  return async (conversation: Conversation<ArenaContext>): Promise<void> => {
    let asked = true;
    while (asked) {
      await conversation.waitUntil(isTypedText, { next: true });
      let failure: unknown = null;
      asked = await conversation.external({
        task: (ctx) => handleTypedText(deps, ctx),
        beforeStoreError: (error) => {
          failure = error;
          return String(error);
        },
        // The plugin stores the error as text; the error boundary needs the error itself.
        afterLoadError: (told) => failure ?? told,
      });
    }
  };
}

/** Text answers only what the present screen asks for: a conversation left over is ended by it. */
export function exitStaleConversation({
  outbox,
  router,
  features,
}: TypedDeps): MiddlewareFn<ArenaContext> {
  return async (ctx, next) => {
    if (ctx.chat?.type === 'private' && ctx.from !== undefined && isTypedText(ctx)) {
      const shown = await outbox.asks(ctx.from.id);
      // A screen that nobody remembers is the one of the player's place.
      const asks = shown === undefined ? await router.expectedText(ctx.from.id) : shown;
      ctx.answers = asks !== null && features.asksFor(asks) ? asks : null;
      if (ctx.answers === null) await ctx.conversation.exit(TYPED_CONVERSATION);
    }
    await next();
  };
}

type TypedDeps = Pick<BotDeps, 'router' | 'outbox' | 'features'>;

/** Passes typed text to its feature and shows the reply; true while the new screen asks for text. */
export async function handleTypedText(
  { router, outbox }: TypedDeps,
  { message, answers: asks = null }: Pick<ArenaContext, 'message' | 'answers'>,
): Promise<boolean> {
  if (message?.from === undefined || message.text === undefined || asks === null) return true;
  const reply = await router.handleText(message.from.id, { asks, typed: message.text });
  if (reply === null) return false;
  void outbox.show(message.from.id, reply.payload, { mode: 'resend' });
  return reply.payload.asks !== undefined;
}

function isTypedText(ctx: Context): boolean {
  const typed = ctx.message?.text;
  return typed !== undefined && !typed.startsWith('/');
}
