import http from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { openSandbox } from './sandbox-fixture.ts';
import { SteppedTime } from './stepped-time.ts';

const UPDATE = z.looseObject({
  update_id: z.number(),
  message: z.looseObject({ text: z.string() }).optional(),
  callback_query: z.looseObject({ data: z.string() }).optional(),
});

/** An update that has arrived and is yet to be answered. */
export interface Arrival {
  readonly updateId: number;
  /** What was said or tapped. */
  readonly what: string;
  readonly headers: IncomingMessage['headers'];
  readonly response: ServerResponse;
}

/** A webhook's server: its arrivals are answered by the test. */
export class Hook {
  #arrived: Arrival[] = [];
  #awaited: (() => void)[] = [];

  readonly listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const update = UPDATE.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      const what = update.message?.text ?? update.callback_query?.data ?? '';
      const { headers } = request;
      this.#arrived.push({ updateId: update.update_id, what, headers, response });
      for (const wake of this.#awaited.splice(0)) wake();
    });
  };

  /** What has arrived and was not fetched yet. */
  get waiting(): number {
    return this.#arrived.length;
  }

  async next(): Promise<Arrival> {
    for (;;) {
      const arrival = this.#arrived.shift();
      if (arrival !== undefined) return arrival;
      await new Promise<void>((resolve) => this.#awaited.push(resolve));
    }
  }

  /** The next update's words; it is answered with this status. */
  async answer(status = 200, body = ''): Promise<string> {
    const { what, response } = await this.next();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    return what;
  }
}

/** A server on a free port of this machine, for one test. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

export async function withHook(settings: object = {}) {
  const time = new SteppedTime();
  const fixture = await openSandbox({ now: time.now, wait: time.wait, webhookTimeoutMs: 50_000 });
  const ann = await fixture.started();
  const hook = new Hook();
  const url = `${await serve(hook.listener)}/hook`;
  await fixture.call('setWebhook', { url, ...settings });
  const info = async () => (await fixture.call('getWebhookInfo')).body.result;
  return { ...fixture, time, ann, hook, hookUrl: url, info };
}
