import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { once } from 'node:events';
import { z } from 'zod';

export type Json = Readonly<Record<string, unknown>>;

export interface LightBotApiOptions {
  readonly latencyMs: number;
  /** Sees every call before it is answered. */
  readonly onCall: (method: string, payload: Json, messageId: number) => void;
}

const MAX_UPDATES = 100;
const BOT = { id: 4747, is_bot: true, first_name: 'Bench', username: 'bench_bot' };
const payloadSchema = z.record(z.string(), z.unknown());
const addressSchema = z.object({ port: z.number() });

/**
 * A Bot API over raw HTTP that checks and limits nothing, so that it costs a fraction of the bot. As
 * Telegram does, it delivers at most 100 updates at once, in order, and forgets the confirmed ones.
 */
export class LightBotApi {
  readonly #options: LightBotApiOptions;
  readonly #server = createServer((request, response) => {
    this.#receive(request, response);
  });
  #updates: Json[] = [];
  /** The number of the first update that is kept. */
  #firstId = 1;
  #poll: (() => void) | null = null;
  #lastMessageId = 0;

  constructor(options: LightBotApiOptions) {
    this.#options = options;
  }

  /** Resolves with its address. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${addressSchema.parse(this.#server.address()).port}`;
  }

  deliver(update: Json): void {
    this.#updates.push({ update_id: this.#firstId + this.#updates.length, ...update });
    this.#poll?.();
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const payload = payloadSchema.parse(text === '' ? {} : JSON.parse(text));
      const method = request.url?.split('/').at(-1) ?? '';
      if (method === 'getUpdates') this.#answerPoll(payload, response);
      else this.#answerCall(method, payload, response);
    });
  }

  #answerPoll({ offset, timeout }: Json, response: ServerResponse): void {
    const confirmed = Math.min(Number(offset ?? 0) - this.#firstId, this.#updates.length);
    if (confirmed > 0) {
      this.#updates.splice(0, confirmed);
      this.#firstId += confirmed;
    }
    const send = () => {
      clearTimeout(timer);
      this.#poll = null;
      this.#reply(response, this.#updates.slice(0, MAX_UPDATES));
    };
    const timer = setTimeout(send, 1_000 * Number(timeout ?? 0));
    response.on('close', () => {
      clearTimeout(timer);
      if (this.#poll === send) this.#poll = null;
    });
    if (this.#updates.length > 0) send();
    else this.#poll = send;
  }

  #answerCall(method: string, payload: Json, response: ServerResponse): void {
    const messageId =
      method === 'sendMessage' ? (this.#lastMessageId += 1) : Number(payload['message_id']);
    this.#options.onCall(method, payload, messageId);
    this.#reply(response, resultOf(method, payload, messageId));
  }

  #reply(response: ServerResponse, result: unknown): void {
    const body = JSON.stringify({ ok: true, result });
    const send = () => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    };
    if (this.#options.latencyMs === 0) send();
    else setTimeout(send, this.#options.latencyMs);
  }
}

function resultOf(method: string, { chat_id: id, text }: Json, messageId: number): unknown {
  if (method === 'getMe') return BOT;
  if (method === 'getWebhookInfo') return { url: '', pending_update_count: 0 };
  if (method === 'getMyCommands') return [];
  if (method === 'sendMessage' || method === 'editMessageText')
    return { message_id: messageId, date: 0, chat: { id, type: 'private' }, from: BOT, text };
  return true;
}
