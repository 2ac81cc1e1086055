import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { Bot, GrammyError, webhookCallback } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { isLoopback } from './is-loopback.ts';
import { MAX_RUNNING_UPDATES, allowedUpdates } from './polling.ts';
import { StartError } from './start-error.ts';
import { type Timing, systemTiming } from './timing.ts';
import type { Updates } from './updates.ts';
import { webhookRequest } from './webhook-request.ts';
import { WebhookWatch } from './webhook-watch.ts';
import { withTimeout } from './with-timeout.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly port: number;
  /** Null: derived from the token, and so the same in every process of this bot. */
  readonly secret: string | null;
  readonly timing?: Timing;
}

/** Receives updates from Telegram; a request is answered before its update has been handled. */
export async function startWebhook(
  bot: Bot<ArenaContext>,
  { url, port, secret: given, timing = systemTiming }: WebhookOptions,
  log: Log,
): Promise<Updates> {
  const secret = given ?? secretOf(bot.token);
  const running = new Set<Promise<void>>();
  const options = { secret_token: secret, allowed_updates: [...allowedUpdates] };
  const setWebhook = () => bot.api.setWebhook(url, options);
  const watch = new WebhookWatch({ api: bot.api, url, setWebhook, log, timing });
  const receiver = receiverOf(bot, running, { log, watch });
  const receive = webhookCallback(receiver, webhookRequest, { secretToken: secret });
  const server = await listen(url, port, listenerOf(new URL(url).pathname, receive, log));
  try {
    await setWebhook();
  } catch (error) {
    server.close();
    throw refusalOf(url, error);
  }
  log.info({ webhook: url, port }, 'webhook started');
  watch.start();
  return {
    ended: new Promise(() => {}),
    isReceiving: () => server.listening && watch.isReceiving,
    stop: (withinMs) => {
      watch.stop();
      return stop(server, running, withinMs);
    },
  };
}

function listenerOf(
  path: string,
  receive: (...args: Parameters<RequestListener>) => Promise<void>,
  log: Log,
): RequestListener {
  return (request, response) => {
    if (request.method !== 'POST' || request.url?.split('?')[0] !== path) {
      response.writeHead(404).end();
      return;
    }
    receive(request, response).catch((error: unknown) => {
      log.warn({ err: error }, 'webhook request failed');
      if (!response.headersSent) response.writeHead(400).end();
    });
  };
}

/** The webhook stays set: Telegram keeps the updates until the next start. */
async function stop(
  server: Server,
  running: ReadonlySet<Promise<void>>,
  withinMs: number,
): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const ended = closed.then(() => Promise.all(running));
  await withTimeout(ended, withinMs).catch(() => undefined);
  server.closeAllConnections();
}

/** A bot that passes updates on without waiting for their handling, so that Telegram is answered. */
function receiverOf(
  bot: Bot<ArenaContext>,
  running: Set<Promise<void>>,
  { log, watch }: { readonly log: Log; readonly watch: WebhookWatch },
): Bot {
  const receiver = new Bot(bot.token, { botInfo: bot.botInfo });
  receiver.use(async ({ update }) => {
    watch.noteUpdate();
    while (running.size >= MAX_RUNNING_UPDATES) await Promise.race(running);
    const work = bot.handleUpdate(update).catch((error: unknown) => {
      log.error({ updateId: update.update_id, err: error }, 'update handling failed');
    });
    running.add(work);
    void work.finally(() => running.delete(work));
  });
  return receiver;
}

async function listen(url: string, port: number, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  try {
    server.listen({ port, ...(isLoopback(new URL(url)) ? { host: '127.0.0.1' } : {}) });
    await once(server, 'listening');
    return server;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`WEBHOOK_PORT ${port} cannot be opened (${reason}): choose another`);
  }
}

function refusalOf(url: string, error: unknown): StartError {
  const facts = error instanceof GrammyError ? error.description : JSON.stringify(factsOf(error));
  return new StartError(`WEBHOOK_URL ${url} could not be set (${facts}): check the address`);
}

function secretOf(token: string): string {
  return createHmac('sha256', token).update('webhook secret of an arena').digest('base64url');
}
