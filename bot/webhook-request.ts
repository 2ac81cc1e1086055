import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Update } from 'grammy/types';
import { z } from 'zod';

/** The largest update of Telegram takes a few hundred kilobytes. */
const MAX_BODY_BYTES = 1_048_576;

/** The outer shape; handlers look for what they need. */
const shapeSchema = z.object({ update_id: z.int() });
const updateSchema = z.custom<Update>((value) => shapeSchema.safeParse(value).success);

/** The adapter for grammY's webhook: its own one for `node:http` reads bodies of any length. */
export function webhookRequest(request: IncomingMessage, response: ServerResponse) {
  const secret = request.headers['x-telegram-bot-api-secret-token'];
  return {
    get update() {
      return readUpdate(request, response);
    },
    ...(typeof secret === 'string' ? { header: secret } : {}),
    end: () => response.end(),
    respond: (json: string) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(json),
    unauthorized: () => response.writeHead(401).end(),
    handlerReturn: Promise.resolve(),
  };
}

/** A longer body is read to its end and dropped: a client that is cut off sees no answer. */
async function readUpdate(request: IncomingMessage, response: ServerResponse): Promise<Update> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  await once(request, 'end');
  if (bytes <= MAX_BODY_BYTES)
    return updateSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
  response.writeHead(413).end();
  throw new RangeError(`body of ${bytes} bytes`);
}
