import type { RedisClient } from '../redis-client.ts';
import { swapText } from '../scripts/swap-text.ts';
import { CompareAndSwap, type Attempt } from './compare-and-swap.ts';
import { type Held, type Step, heldIn } from './document-steps.ts';
import { isReplyError } from './reply-error.ts';
import { SteppedDocuments } from './stepped-documents.ts';

/** Strict: bytes that are no text would never compare equal to what was made of them. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Documents on a server without the JSON module, each a string of JSON text. What a step makes of a
 * document is decided here, by the rules of the in-process engine; a script puts it in place if
 * nobody has changed the text meanwhile. So no Lua ever reads JSON: its cjson would cut numbers to
 * 14 digits and take empty arrays for objects.
 */
export class LuaDocuments extends SteppedDocuments {
  readonly #client: RedisClient;
  readonly #compareAndSwap = new CompareAndSwap();

  constructor(client: RedisClient) {
    super();
    this.#client = client;
  }

  protected carryOut<R>(key: string, step: Step<R>): Promise<R> {
    return this.#compareAndSwap.run(key, async (): Promise<Attempt<R>> => {
      const held = await this.load(key);
      const { reply, kept } = step(held);
      const expected = held.kind === 'document' ? held.text : null;
      const isOver =
        kept === undefined || (await swapText(this.#client, { key, expected, text: kept }));
      return isOver ? { kind: 'over', reply } : { kind: 'stale' };
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
