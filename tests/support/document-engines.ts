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

/** One process's way to the documents. */
export interface DocumentsProcess {
  readonly client: RedisClient;
  readonly documents: Documents;
}

/** Documents as one engine keeps them, reached by several processes; the first is at the front. */
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

/** Each of the stand-ins' scripts has a Lua of its own made for it, which takes milliseconds. */
const PROCESSES_IN_PROCESS = 2;

/**
 * Runs the same tests on every engine: those that need nothing but Node, and the one for a plain
 * Redis once more on a real `redis-server`. The body empties the database itself, by FLUSHDB.
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
export function givenRedisUrl(): string | null {
  const url = process.env['TEST_REDIS_URL'];
  return url === undefined || url === '' ? null : url;
}

/** Runs the tests on the server that `TEST_REDIS_URL` names, by whichever engine suits it. */
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
      throw new Error('Documents are opened before the first test only');
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

/** Refuses a database that holds anything: the tests would delete it. */
async function openGiven(url: string): Promise<Opened> {
  const connections = await Promise.all(several(() => connectRedis({ url, log: silentLog })));
  const leave = () => Promise.all(connections.map((connection) => connection.close()));
  const [first] = connections;
  if (first === undefined) throw new Error('Nobody has connected');
  const held = await first.client.dbsize();
  const close = async () => {
    await first.client.flushdb();
    await leave();
  };
  if (held === 0) return { engine: first.engine, processes: connections, close };
  await leave();
  throw new Error(`TEST_REDIS_URL names a database that holds ${held} keys; name an empty one`);
}

function luaProcess(client: RedisClient): DocumentsProcess {
  return { client, documents: new LuaDocuments(client) };
}

async function quitAll(processes: readonly DocumentsProcess[]): Promise<void> {
  for (const { client } of processes) await client.quit();
}
