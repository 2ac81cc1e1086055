import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { Bot, GrammyError, webhookCallback } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { allowedUpdates } from './polling.ts';
import { StartError } from './start-error.ts';
import { isLoopback } from './is-loopback.ts';
import type { Updates } from './updates.ts';

export interface WebhookPlace {
  /** Where Telegram, or whatever stands before us, brings the updates. */
  readonly url: string;
  readonly port: number;
  /** null: made from the token, and so the same in every process of this bot. */
  readonly secret: string | null;
}

/** So many updates are under way at once; the next is answered when one of them is done. */
const AT_ONCE = 500;

/** Updates that Telegram brings by itself: answered as soon as they are here, and handled behind. */
export async function startWebhook(
  bot: Bot<ArenaContext>,
  place: WebhookPlace,
  log: Log,
): Promise<Updates> {
  const secret = place.secret ?? secretOf(bot.token);
  const underWay = new Set<Promise<void>>();
  const server = await listen(
    place,
    listenerOf(doorTo(bot, underWay, log), { place, secret, log }),
  );
  try {
    await setWebhook(bot, place.url, secret);
  } catch (error) {
    server.close();
    throw error;
  }
  log.info({ webhook: place.url, port: place.port }, 'updates come by webhook');
  return {
    ended: new Promise(() => {}),
    isReceiving: () => server.listening,
    stop: (withinMs) => stop(server, underWay, withinMs),
  };
}

/** Telegram keeps what comes meanwhile, so the webhook stays where it is. */
async function stop(
  server: Server,
  underWay: ReadonlySet<Promise<void>>,
  withinMs: number,
): Promise<void> {
  const late = new Promise((resolve) => {
    setTimeout(resolve, withinMs).unref();
  });
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await Promise.race([closed, late]);
  await Promise.race([Promise.allSettled([...underWay]), late]);
  server.closeAllConnections();
}

/**
 * A bot that has done with an update as soon as it has handed it on: the answer to Telegram does
 * not wait for the player's turn.
 */
function doorTo(bot: Bot<ArenaContext>, underWay: Set<Promise<void>>, log: Log): Bot {
  const door = new Bot(bot.token, { botInfo: bot.botInfo });
  door.use(async ({ update }) => {
    while (underWay.size >= AT_ONCE) await Promise.race(underWay);
    const work = bot.handleUpdate(update).catch((error: unknown) => {
      log.error({ updateId: update.update_id, err: error }, 'an update could not be handled');
    });
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  });
  return door;
}

function listenerOf(
  door: Bot,
  { place, secret, log }: { place: WebhookPlace; secret: string; log: Log },
): RequestListener {
  const receive = webhookCallback(door, 'http', { secretToken: secret });
  const path = new URL(place.url).pathname;
  return (request, response) => {
    if (request.method !== 'POST' || request.url?.split('?')[0] !== path) {
      response.writeHead(404).end();
      return;
    }
    receive(request, response).catch((error: unknown) => {
      log.warn({ reason: String(error) }, 'an update could not be received');
      if (!response.headersSent) response.writeHead(400).end();
    });
  };
}

/** To this machine alone where the address says so. */
async function listen({ url, port }: WebhookPlace, listener: RequestListener): Promise<Server> {
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

async function setWebhook(bot: Bot<ArenaContext>, url: string, secret: string): Promise<void> {
  try {
    await bot.api.setWebhook(url, { secret_token: secret, allowed_updates: [...allowedUpdates] });
  } catch (error) {
    const facts = error instanceof GrammyError ? error.description : JSON.stringify(factsOf(error));
    throw new StartError(`WEBHOOK_URL ${url} could not be set (${facts}): check the address`);
  }
}

function secretOf(token: string): string {
  return createHmac('sha256', token).update('webhook secret of an arena').digest('base64url');
}
