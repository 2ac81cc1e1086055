import { conversations, createConversation } from '@grammyjs/conversations';
import { autoRetry } from '@grammyjs/auto-retry';
import { sequentialize } from '@grammyjs/runner';
import { AbortController } from 'abort-controller';
import { Bot } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import { type Metrics, noMetrics } from '../domains/core/metrics.ts';
import { acknowledge } from './acknowledge.ts';
import type { ArenaContext } from './arena-context.ts';
import type { BotDeps } from './bot-deps.ts';
import { conversationStorage } from './conversation-storage.ts';
import { deduplicateUpdates } from './deduplicate-updates.ts';
import { errorBoundary } from './error-boundary.ts';
import { handlers } from './handlers.ts';
import { limitPending } from './limit-pending.ts';
import { measureUpdates } from './measure-updates.ts';
import { readTap } from './read-tap.ts';
import { recordCalls } from './record-calls.ts';
import { systemTiming } from './timing.ts';
import {
  TYPED_CONVERSATION,
  closeStaleConversation,
  typedConversation,
} from './typed-conversation.ts';
import { Translator, languageFor } from './translator.ts';
import type { Transport } from './transport.ts';
import { withTimeout } from './with-timeout.ts';

/** For every call but the long poll. */
const CALL_TIMEOUT_MS = 15_000;

/**
 * The runner repeats its polls and the webhook's watch its checks; the outbox retries its own calls: it
 * knows which may be repeated, and whether a newer screen came.
 */
const retriedElsewhere: ReadonlySet<string> = new Set([
  ...['getUpdates', 'getWebhookInfo'],
  ...['sendMessage', 'editMessageText', 'editMessageReplyMarkup', 'deleteMessage'],
  'answerCallbackQuery',
]);

interface ApiOptions extends Pick<Transport, 'fetch'> {
  readonly apiRoot: string;
  readonly log: Log;
  readonly metrics?: Metrics;
}

/** A bot with timeouts and retries, without handlers. */
export function createApi(
  token: string,
  { apiRoot, fetch, log, metrics = noMetrics }: ApiOptions,
): Bot<ArenaContext> {
  // Longer than the timeouts of whatever makes the calls.
  const client = { timeoutSeconds: 20, apiRoot, fetch };
  const bot = new Bot<ArenaContext>(token, { client });
  // Closest to the network: it sees every attempt.
  bot.api.config.use(recordCalls({ log, metrics, timing: systemTiming }));
  bot.api.config.use((call, ...rest) => {
    const [method, payload, signal] = rest;
    // A call of the outbox has a signal and a timeout of its own.
    if (method === 'getUpdates' || signal !== undefined) return call(...rest);
    const controller = new AbortController();
    return withTimeout(call(method, payload, controller.signal), CALL_TIMEOUT_MS).finally(() => {
      controller.abort();
    });
  });
  const retry = autoRetry({ maxRetryAttempts: 2, maxDelaySeconds: 8, rethrowHttpErrors: true });
  bot.api.config.use((call, ...rest) =>
    retriedElsewhere.has(rest[0]) ? call(...rest) : retry(call, ...rest),
  );
  return bot;
}

/** Adds what happens to an update, in order. */
export function createBot(bot: Bot<ArenaContext>, deps: BotDeps): Bot<ArenaContext> {
  const { outbox, players, memos, timing } = deps;
  /** In the language read with the tap; a tap that was refused before has read nothing. */
  const translatorFor = async ({ tap, from }: ArenaContext, userId: number) => {
    const language =
      tap === undefined ? await players.getLanguage(userId) : (await tap.player).language;
    return new Translator(language ?? languageFor(from?.language_code), { clientTime: false });
  };

  bot.use(deduplicateUpdates());
  bot.use(measureUpdates(deps));
  bot.use(limitPending(outbox, timing));
  bot.use(acknowledge({ translatorFor, outbox, timing: systemTiming }));
  bot.use(sequentialize((ctx) => ctx.from?.id.toString()));
  bot.use(errorBoundary({ ...deps, timing: systemTiming }));
  bot.use(readTap(deps));
  bot.use(conversations({ storage: conversationStorage(memos) }));
  bot.use(closeStaleConversation(deps));
  bot.use(createConversation(typedConversation(deps), { id: TYPED_CONVERSATION, parallel: true }));
  bot.use(handlers(deps));
  return bot;
}
