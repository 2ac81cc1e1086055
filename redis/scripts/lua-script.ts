import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RedisClient } from '../redis-client.ts';

export interface ScriptCall {
  /** Every key that the script uses, all in one hash slot. */
  readonly keys: readonly string[];
  /** Sent as text: Lua 5.1 and 5.3 format numbers differently. */
  readonly args: readonly (string | number)[];
}

/**
 * One atomic operation: the `.lua` file of the given stem in this folder. It is sent by digest, and in
 * full only to a server that has not cached it. It replies one of `words`, with data behind it or not.
 */
export class LuaScript<Word extends string> {
  readonly stem: string;
  readonly #text: string;
  readonly #digest: string;
  readonly #words: readonly Word[];

  constructor(stem: string, words: readonly Word[]) {
    this.stem = stem;
    this.#words = words;
    this.#text = readFileSync(new URL(`./${stem}.lua`, import.meta.url), 'utf8');
    this.#digest = createHash('sha1').update(this.#text).digest('hex');
  }

  async run(client: RedisClient, call: ScriptCall): Promise<Word> {
    const reply = await this.#evaluate(client, call);
    return this.#wordIn(reply, reply);
  }

  /** For a script that replies a word and data, separated by bars. */
  async ask(
    client: RedisClient,
    call: ScriptCall,
  ): Promise<{ readonly word: Word; readonly rest: readonly string[] }> {
    const reply = await this.#evaluate(client, call);
    const [word, ...rest] = String(reply).split('|');
    return { word: this.#wordIn(word, reply), rest };
  }

  #wordIn(candidate: unknown, reply: unknown): Word {
    const word = this.#words.find((known) => known === candidate);
    if (word === undefined) throw new Error(`${this.stem}.lua replied ${JSON.stringify(reply)}`);
    return word;
  }

  async #evaluate(client: RedisClient, { keys, args }: ScriptCall): Promise<unknown> {
    const rest = [...keys, ...args.map(String)];
    try {
      return await client.evalsha(this.#digest, keys.length, ...rest);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return client.eval(this.#text, keys.length, ...rest);
    }
  }
}
