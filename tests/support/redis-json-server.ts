import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';
import { z } from 'zod';
import type { Path, Reading } from '../../redis/documents/documents.ts';
import { InProcessDocuments } from '../../redis/documents/in-process-documents.ts';
import { type InProcessRedis, openInProcessRedis } from '../../redis/in-process-redis.ts';
import { CommandReader, encodeReply, type Reply } from './redis-protocol.ts';
import { runStaged } from './staged-json.ts';

/** RedisJSON (Redis Stack, Redis 8) and Valkey's module answer some commands differently. */
export type Dialect = 'redisjson' | 'valkey';

export interface JsonServer {
  readonly url: string;
  readonly received: readonly string[];
  refuseNext(command: string, error: string): void;
  stop(): Promise<void>;
}

/**
 * A local server with as much of the Redis protocol and the JSON commands as the JSON-module engine and
 * its detection need. It runs one command or script at a time, as Redis does.
 */
export async function startJsonServer(dialect: Dialect, port = 0): Promise<JsonServer> {
  const model = new JsonModel(dialect);
  const sockets = new Set<Socket>();
  const received: string[] = [];
  const refusals = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (command: string[]): Promise<Reply> => {
    const next = last.then(() => model.answer(command));
    last = next.catch(() => null);
    return next;
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    void converse(socket, async (command) => {
      received.push(command.join(' '));
      const name = command[0] ?? '';
      const refusal = refusals.get(name);
      refusals.delete(name);
      return refusal === undefined ? inTurn(command) : new Error(refusal);
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    received,
    refuseNext: (command, error) => refusals.set(command, error),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function converse(
  socket: Socket,
  answer: (command: string[]) => Promise<Reply>,
): Promise<void> {
  const reader = new CommandReader();
  try {
    for await (const chunk of socket) {
      for (const command of reader.read(chunk as Buffer)) {
        socket.write(encodeReply(await answer(command)));
      }
    }
  } catch {
    socket.destroy();
  }
}

/** The commands over a map; documents are handled by the in-process engine. */
class JsonModel {
  readonly #dialect: Dialect;
  readonly #held = new Map<string, unknown>();
  /** In seconds; they do not count down. */
  readonly #ttls = new Map<string, number>();
  readonly #documents = new InProcessDocuments(this.#held);
  readonly #scripts = new Map<string, string>();
  #lua: Promise<InProcessRedis> | null = null;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  async answer([name = '', key = '', ...rest]: readonly string[]): Promise<Reply> {
    switch (name.toUpperCase()) {
      case 'JSON.SET':
        return this.#set(key, rest);
      case 'JSON.GET':
        return this.#get(key, rest[0]);
      case 'JSON.DEL':
        if (rest[0] !== '$') throw new Error('The model deletes whole documents only');
        return this.#plain('DEL', key, rest);
      case 'EVAL':
        if (key.includes("'TIME'")) return 'now|1700000000123';
        this.#scripts.set(createHash('sha1').update(key).digest('hex'), key);
        return this.#run(key, rest.slice(1));
      case 'EVALSHA': {
        const script = this.#scripts.get(key);
        return script === undefined
          ? new Error('NOSCRIPT No matching script')
          : this.#run(script, rest.slice(1));
      }
      default:
        return this.#plain(name.toUpperCase(), key, rest);
    }
  }

  /** Runs a script, which touches one document only, in the Lua of the in-process stand-in. */
  async #run(script: string, [key = '', ...args]: readonly string[]): Promise<Reply> {
    const reads = new Map<string, string>();
    for (const path of args.filter((arg) => arg.startsWith('$'))) {
      const reply = await this.#get(key, path);
      if (reply instanceof Error) return reply;
      if (typeof reply === 'string') reads.set(path, reply);
    }
    this.#lua ??= openInProcessRedis();
    const { client } = await this.#lua;
    const { reply, writes } = await runStaged(client, { script, key, args, reads });
    for (const write of writes) await this.answer(write);
    return z.string().parse(reply);
  }

  #plain(name: string, key: string, rest: readonly string[]): Reply {
    switch (name) {
      case 'PING':
        return 'PONG';
      case 'INFO':
        return 'loading:0\r\n';
      case 'CLIENT':
      case 'QUIT':
        return 'OK';
      case 'SET':
        this.#held.set(key, rest[0]);
        return 'OK';
      case 'DEL':
        this.#ttls.delete(key);
        return Number(this.#held.delete(key));
      case 'EXISTS':
        return Number(this.#held.has(key));
      case 'GET':
        return z
          .string()
          .nullable()
          .catch(null)
          .parse(this.#held.get(key) ?? null);
      case 'EXPIRE':
        this.#ttls.set(key, Number(rest[0]));
        return 1;
      case 'TTL':
        return this.#ttls.get(key) ?? -1;
      case 'TYPE':
        if (!this.#held.has(key)) return 'none';
        return this.#documents.holds(key) ? 'ReJSON-RL' : 'string';
      case 'FLUSHALL':
      case 'FLUSHDB':
        this.#held.clear();
        this.#ttls.clear();
        return 'OK';
      default:
        return new Error(`ERR unknown command '${name}'`);
    }
  }

  async #set(key: string, [path, text = '', ...options]: readonly string[]): Promise<Reply> {
    if (options.includes('NX') && this.#documents.holds(key)) return null;
    const reply = await this.#documents.set(key, pathOf(path), JSON.parse(text));
    if (reply === 'written') return 'OK';
    return reply === 'no_parent' && this.#dialect === 'redisjson'
      ? null
      : new Error(`ERR ${reply}`);
  }

  async #get(key: string, path: string | undefined): Promise<Reply> {
    const reading = await this.#documents.get(key, pathOf(path));
    return reading.kind === 'unreadable' ? new Error('ERR wrong type') : textOf(reading);
  }
}

function textOf(reading: Reading): string | null {
  if (reading.kind === 'value') return JSON.stringify([reading.value]);
  return reading.kind === 'no_path' ? '[]' : null;
}

function pathOf(path: string | undefined): Path {
  if (path === '$' || path?.startsWith('$.') === true) return path as Path;
  throw new Error(`not a definite path: ${String(path)}`);
}
