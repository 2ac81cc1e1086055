import { conversations, createConversation } from '@grammyjs/conversations';
import { sequentialize } from '@grammyjs/runner';
import { AbortController } from 'abort-controller';
import { autoRetry } from '@grammyjs/auto-retry';
import { Bot } from 'grammy';
import { acknowledge } from './acknowledge.ts';
import type { ArenaContext } from './arena-context.ts';
import type { BotDeps } from './bot-deps.ts';
import { conversationStorage } from './conversation-storage.ts';
import { withTimeout } from './with-timeout.ts';
import { errorBoundary } from './error-boundary.ts';
import { handlers } from './handlers.ts';
import {
  TYPED_CONVERSATION,
  exitStaleConversation,
  typedConversation,
} from './typed-conversation.ts';
import { deduplicateUpdates } from './deduplicate-updates.ts';
import { readTap } from './tap-context.ts';
import { systemTiming } from './timing.ts';
import { Translator, languageFor } from './translator.ts';
import type { Transport } from './transport.ts';

/** No call but the long poll may hang longer than this. */
const CALL_TIMEOUT_MS = 15_000;

/** What the outbox sends: it knows what may be repeated, and that a newer screen may have come meanwhile. */
const itsOwn: ReadonlySet<string> = new Set([
  ...['sendMessage', 'editMessageText', 'editMessageReplyMarkup', 'deleteMessage'],
  'answerCallbackQuery',
]);

/** The bot as it meets Telegram, before it knows what to do with an update. */
export function createApi(
  token: string,
  { apiRoot, fetch }: Pick<Transport, 'fetch'> & { readonly apiRoot: string },
): Bot<ArenaContext> {
  // `timeoutSeconds` covers the long poll of 30 s as well; all else has a shorter limit of its own.
  const client = { timeoutSeconds: 45, apiRoot, fetch };
  const bot = new Bot<ArenaContext>(token, { client });
  bot.api.config.use((call, ...rest) => {
    const [method, payload, signal] = rest;
    if (method === 'getUpdates' || signal !== undefined) return call(...rest);
    // What the outbox sends brings a signal, and a limit, of its own. Given up means broken off.
    const given = new AbortController();
    return withTimeout(call(method, payload, given.signal), CALL_TIMEOUT_MS).finally(() => {
      given.abort();
    });
  });
  const patience = { maxRetryAttempts: 2, maxDelaySeconds: 8, rethrowHttpErrors: true };
  const patient = autoRetry(patience);
  bot.api.config.use((call, ...rest) =>
    itsOwn.has(rest[0]) ? call(...rest) : patient(call, ...rest),
  );
  return bot;
}

/** What happens to an update, in order. */
export function createBot(bot: Bot<ArenaContext>, deps: BotDeps): Bot<ArenaContext> {
  const { outbox, players, memos } = deps;
  /** In the language that the tap has read already; a tap refused at the door has read nothing. */
  const translatorFor = async ({ tap, from }: ArenaContext, userId: number) => {
    const language =
      tap === undefined ? await players.getLanguage(userId) : (await tap.player).language;
    return new Translator(language ?? languageFor(from?.language_code), { clientTime: false });
  };

  bot.use(deduplicateUpdates());
  bot.use(acknowledge({ translatorFor, outbox, timing: systemTiming }));
  bot.use(sequentialize((ctx) => ctx.from?.id.toString()));
  bot.use(errorBoundary({ ...deps, timing: systemTiming }));
  bot.use(readTap(deps));
  bot.use(conversations({ storage: conversationStorage(memos) }));
  bot.use(exitStaleConversation(deps));
  bot.use(createConversation(typedConversation(deps), { id: TYPED_CONVERSATION, parallel: true }));
  bot.use(handlers(deps));
  return bot;
}
