import { readFileSync } from 'node:fs';
import { Api } from 'grammy';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { errorScreen } from '../../bot/outbox/error-screen.ts';
import { Outbox } from '../../bot/outbox/outbox.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemEntropy } from '../../bot/system.ts';
import { type Connection, connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { ChatManager } from '../../redis/managers/chat-manager.ts';
import { FixedClock } from '../support/clock.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { packAction } from '../support/shipped-codec.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { describeOnEachRedisUrl } from '../support/redis-engines.ts';

/** Keys of release 0.1.0 on a Redis without the JSON module, and its clock in ms. */
const dumpSchema = z.object({
  now: z.number(),
  keys: z.record(
    z.string(),
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('string'), value: z.string() }),
      z.object({ type: z.literal('hash'), value: z.record(z.string(), z.string()) }),
      z.object({ type: z.literal('zset'), value: z.array(z.string()) }),
    ]),
  ),
});
const file = new URL('fixtures/redis-of-0.1.0.json', import.meta.url);
const dump = dumpSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

async function restoreDump({ client, documents }: Connection): Promise<void> {
  for (const [key, held] of Object.entries(dump.keys)) {
    if (held.type === 'string' && key.startsWith('ac:'))
      await documents.set(key, '$', JSON.parse(held.value));
    else if (held.type === 'string') await client.set(key, held.value);
    else if (held.type === 'hash') await client.hset(key, held.value);
    else await restoreList(client, key, held.value);
  }
}

/** Members and scores alternately. */
async function restoreList(client: Connection['client'], key: string, flat: readonly string[]) {
  for (let at = 0; at < flat.length; at += 2)
    await client.zadd(key, flat[at + 1] ?? '', flat[at] ?? '');
}

describeOnEachRedisUrl('a Redis of release 0.1.0', (url) => {
  test('keeps its queue, match, duel and unsaved sessions in this release', async () => {
    const log = new RecordingLog();
    const redis = await connectRedis({ url: url(), log });
    onTestFinished(() => redis.close());
    await restoreDump(redis);
    const { services, repositories, clock } = openServices(redis, log);
    const duel = (await redis.client.get(keys.seat(1))) ?? '';

    clock.advance(5_000);
    await services.arena.wave();
    const match = (await redis.client.get(keys.seat(3))) ?? '';
    expect(await services.combat.find(match)).toMatchObject({ endedAtMs: null });
    expect(await services.sessions.getQueueStatus(5)).toMatchObject({ kind: 'waiting' });

    await services.arena.joinQueue(6, '1v1');
    const met = (await redis.client.get(keys.seat(5))) ?? 'none';
    expect(await redis.client.get(keys.seat(6))).toBe(met);

    await services.combat.surrender(2, duel);
    expect(await services.accounts.getSessions(1)).toMatchObject({ combat_id: null });
    expect(await repositories.battles.find(duel)).not.toBeNull();

    clock.advance(120_000);
    await services.logout.work();
    expect(await redis.client.zcard(keys.dirty('session'))).toBe(0);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('keeps its screens: the one that a chat shows is edited and no second one is sent', async () => {
    const log = new RecordingLog();
    const redis = await connectRedis({ url: url(), log });
    onTestFinished(() => redis.close());
    await restoreDump(redis);
    const { outbox, calls } = openOutbox(redis, log);
    expect(await outbox.isCurrent(1001, 77)).toBe(true);
    await outbox.show(1001, errorScreen('internal'), { mode: 'edit' });
    expect(calls).toEqual(['editMessageText 77']);
    await expect.poll(() => redis.client.exists(keys.chatScreen(1001))).toBe(1);
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});

/** An outbox whose server replies that every message is unchanged. */
function openOutbox(redis: Connection, log: RecordingLog) {
  const api = new Api('77:token-of-an-upgrade-on-this-machine');
  const calls: string[] = [];
  api.config.use((_call, method, payload) => {
    calls.push(`${method} ${'message_id' in payload ? payload.message_id : ''}`);
    const description = 'Bad Request: message is not modified';
    return Promise.resolve({ ok: false, error_code: 400, description });
  });
  const chats = new ChatManager({ client: redis.client, log });
  const players = { getLanguage: () => Promise.resolve('en' as const) };
  const clock = new FixedClock(dump.now);
  const around = { api, chats, players, log, clock };
  return { outbox: new Outbox({ ...around, clientTime: true, pack: packAction }), calls };
}

function openServices(redis: Connection, log: RecordingLog) {
  const clock = new FixedClock(dump.now);
  const repositories = memoryRepositories();
  const services = buildServices(redis, {
    ...openStores(redis, { log, clock, repositories }),
    repositories,
    log,
    clock,
    entropy: systemEntropy,
    settings: readSettings({}),
    announcer: { announce: () => undefined },
  });
  return { services, repositories, clock };
}
