import { Redis } from 'ioredis';
import type { RedisClient } from '../../redis/redis-client.ts';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type DocumentEngine, connectRedis } from '../../redis/connect.ts';
import type { Documents } from '../../redis/documents/documents.ts';
import { JsonModuleDocuments } from '../../redis/documents/json-module.ts';
import { LuaDocuments } from '../../redis/documents/lua-documents.ts';
import { openInProcessRedis } from '../../redis/in-process-redis.ts';
import { describeOnRedisServer } from './redis-engines.ts';
import { type Dialect, startJsonServer } from './redis-json-server.ts';
import { startRedisServer } from './redis-server.ts';
import { silentLog } from './silent-log.ts';

export interface DocumentsProcess {
  readonly client: RedisClient;
  readonly documents: Documents;
}

/** One engine with connections of several processes; `client` and `documents` are the first one's. */
export interface DocumentsUnderTest extends DocumentsProcess {
  readonly engine: DocumentEngine;
  readonly processes: readonly DocumentsProcess[];
}

interface Opened {
  readonly engine: DocumentEngine;
  readonly processes: readonly DocumentsProcess[];
  close(): Promise<unknown>;
}

type Body = (documents: () => DocumentsUnderTest) => void;

const PROCESSES = 4;

/** Fewer, since the in-process stand-in needs milliseconds to start a Lua for each script. */
const PROCESSES_IN_PROCESS = 2;

/**
 * Runs the same tests on every engine in process, and those of the Lua engine on a real `redis-server`
 * as well. The body has to empty the database by FLUSHDB.
 */
export function describeOnEachDocumentEngine(title: string, body: Body): void {
  const engines = [
    { name: 'in-process', open: openInProcess },
    { name: 'JSON module, RedisJSON', open: () => openModule('redisjson') },
    { name: 'JSON module, Valkey', open: () => openModule('valkey') },
    { name: 'Lua, in-process stand-in', open: openLuaInProcess },
  ];
  describe.each(engines)(`${title}, documents by $name`, ({ open }) => {
    within(open, body);
  });
  describeOnRedisServer(`${title}, documents by Lua`, () => {
    within(openLuaOnServer, body);
  });
}

/** The server that `TEST_REDIS_URL` names; null if it names none. */
function givenRedisUrl(): string | null {
  const url = process.env['TEST_REDIS_URL'];
  return url === undefined || url === '' ? null : url;
}

/** Runs the tests on the server that `TEST_REDIS_URL` names, with the engine that fits it. */
export function describeOnGivenRedis(title: string, body: Body): void {
  const url = givenRedisUrl();
  if (url === null) {
    test.skip(`${title}: skipped, TEST_REDIS_URL names no server`);
  } else {
    describe(`${title}, on the server of TEST_REDIS_URL`, () => {
      within(() => openGiven(url), body);
    });
  }
}

function within(open: () => Promise<Opened>, body: Body): void {
  let opened: Opened | null = null;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  body(() => {
    const [first] = opened?.processes ?? [];
    if (opened === null || first === undefined) {
      throw new Error('documents are opened by beforeAll');
    }
    return { ...opened, ...first };
  });
}

function several<T>(open: () => T, count = PROCESSES): T[] {
  return Array.from({ length: count }, open);
}

async function openInProcess(): Promise<Opened> {
  const name = `documents-${performance.now()}`;
  const processes = await Promise.all(
    several(() => openInProcessRedis(name), PROCESSES_IN_PROCESS),
  );
  return { engine: 'in-process', processes, close: () => quitAll(processes) };
}

async function openLuaInProcess(): Promise<Opened> {
  const name = `documents-${performance.now()}`;
  const redises = await Promise.all(several(() => openInProcessRedis(name), PROCESSES_IN_PROCESS));
  const processes = redises.map(({ client }) => luaProcess(client));
  return { engine: 'lua', processes, close: () => quitAll(processes) };
}

async function openLuaOnServer(): Promise<Opened> {
  const server = await startRedisServer();
  const processes = several(() => luaProcess(new Redis(server.url)));
  const close = async () => {
    await quitAll(processes);
    await server.stop();
  };
  return { engine: 'lua', processes, close };
}

async function openModule(dialect: Dialect): Promise<Opened> {
  const server = await startJsonServer(dialect);
  const processes = several(() => {
    const client = new Redis(server.url);
    return { client, documents: new JsonModuleDocuments(client) };
  }, PROCESSES_IN_PROCESS);
  const close = async () => {
    await quitAll(processes);
    await server.stop();
  };
  return { engine: 'json-module', processes, close };
}

/** Refuses a database with keys, because the tests would delete them. */
async function openGiven(url: string): Promise<Opened> {
  const connections = await Promise.all(several(() => connectRedis({ url, log: silentLog })));
  const closeAll = () => Promise.all(connections.map((connection) => connection.close()));
  const [first] = connections;
  if (first === undefined) throw new Error('no connection');
  const held = await first.client.dbsize();
  const close = async () => {
    await first.client.flushdb();
    await closeAll();
  };
  if (held === 0) return { engine: first.engine, processes: connections, close };
  await closeAll();
  throw new Error(`TEST_REDIS_URL: the database has ${held} keys, an empty one is needed`);
}

function luaProcess(client: RedisClient): DocumentsProcess {
  return { client, documents: new LuaDocuments(client) };
}

async function quitAll(processes: readonly DocumentsProcess[]): Promise<void> {
  for (const { client } of processes) await client.quit();
}
