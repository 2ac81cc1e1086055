import type { RedisClient } from '../redis-client.ts';
import { swapText } from '../scripts/swap-text.ts';
import { CompareAndSwap } from './compare-and-swap.ts';
import { type Held, type Step, heldIn } from './document-steps.ts';
import { isReplyError } from './reply-error.ts';
import { SteppedDocuments } from './stepped-documents.ts';

/** Strict: decoded invalid bytes would never compare equal to what is stored. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Documents on a server without the JSON module, each a string of JSON text. A step is computed here and
 * stored by a script that compares and swaps: Lua's cjson would round numbers to 14 digits and turn empty
 * arrays into objects.
 */
export class LuaDocuments extends SteppedDocuments {
  readonly #client: RedisClient;
  readonly #compareAndSwap = new CompareAndSwap();

  constructor(client: RedisClient) {
    super();
    this.#client = client;
  }

  protected carryOut<R>(key: string, step: Step<R>): Promise<R> {
    return this.#compareAndSwap.run(key, async () => {
      const held = await this.load(key);
      const { reply, text } = step(held);
      const expected = held.kind === 'document' ? held.text : null;
      const isDone = text === undefined || (await swapText(this.#client, { key, expected, text }));
      return isDone ? { reply } : null;
    });
  }

  protected async load(key: string): Promise<Held> {
    try {
      return heldInBytes(await this.#client.getBuffer(key));
    } catch (error) {
      if (!isReplyError(error) || !error.message.startsWith('WRONGTYPE')) throw error;
      return { kind: 'wrong_type', cause: 'no string' };
    }
  }
}

function heldInBytes(bytes: Buffer | null): Held {
  if (bytes === null) return { kind: 'no_key' };
  try {
    return heldIn(utf8.decode(bytes));
  } catch {
    return { kind: 'wrong_type', cause: 'no text' };
  }
}
