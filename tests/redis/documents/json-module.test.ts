import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JsonModuleDocuments } from '../../../redis/documents/json-module.ts';
import { type JsonServer, startJsonServer } from '../../support/redis-json-server.ts';

let server: JsonServer;
let client: Redis;
let documents: JsonModuleDocuments;

beforeEach(async () => {
  server = await startJsonServer('valkey');
  client = new Redis(server.url, { retryStrategy: () => null });
  documents = new JsonModuleDocuments(client);
});
afterEach(async () => {
  client.disconnect();
  await server.stop();
});

test('each operation sends one JSON command with its path', async () => {
  await documents.set('ac:42', '$', { stats: { hp: { cur: 100, max: 100 } } });
  await documents.set('ac:42', '$.stats.hp.cur', 85);
  await documents.get('ac:42', '$.stats.hp');
  expect(server.received.filter((line) => line.startsWith('JSON.'))).toEqual([
    'JSON.SET ac:42 $ {"stats":{"hp":{"cur":100,"max":100}}}',
    'JSON.SET ac:42 $.stats.hp.cur 85',
    'JSON.GET ac:42 $.stats.hp',
  ]);
});

test('an error that the type of the key does not explain is rethrown', async () => {
  await documents.set('k', '$', { a: 1 });
  server.refuseNext('JSON.SET', 'OOM command not allowed');
  await expect(documents.set('k', '$.a', 2)).rejects.toThrow('OOM');
  server.refuseNext('JSON.SET', 'OOM command not allowed');
  await expect(documents.set('k', '$', {})).rejects.toThrow('OOM');
  server.refuseNext('JSON.GET', 'LOADING the dataset');
  await expect(documents.get('k', '$')).rejects.toThrow('LOADING');
});

test('a lost connection is rethrown by every operation', async () => {
  await documents.set('k', '$', { a: 1 });
  client.on('error', () => null);
  await server.stop();
  await expect(documents.get('k', '$')).rejects.toThrow();
  await expect(documents.set('k', '$.a', 2)).rejects.toThrow();
});
