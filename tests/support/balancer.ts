import { createServer } from 'node:http';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const sender = z.object({ from: z.object({ id: z.int() }) });
const updateSchema = z.object({ message: sender.optional(), callback_query: sender.optional() });

/** A load balancer before several webhook receivers; by default each user's updates go to the same one. */
export async function openBalancer(
  ports: readonly number[],
  receiverOf: (userId: number) => number = (userId) => userId % ports.length,
): Promise<{ readonly url: string; readonly counts: readonly number[] }> {
  const counts = ports.map(() => 0);
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(z.instanceof(Buffer).parse(chunk));
      const body = Buffer.concat(chunks);
      const update = updateSchema.parse(JSON.parse(body.toString()));
      const userId = (update.message ?? update.callback_query)?.from.id ?? 0;
      const index = receiverOf(userId);
      counts[index] = (counts[index] ?? 0) + 1;
      const secret = String(request.headers['x-telegram-bot-api-secret-token']);
      const passedOn = await fetch(`http://127.0.0.1:${ports[index]}${request.url}`, {
        method: 'POST',
        headers: { 'X-Telegram-Bot-Api-Secret-Token': secret },
        body,
      });
      response.writeHead(passedOn.status).end();
    })().catch(() => response.writeHead(502).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return { url: `http://127.0.0.1:${address.port}/telegram`, counts };
}
