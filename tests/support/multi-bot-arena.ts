import { Cluster, Redis } from 'ioredis';
import type { Repositories } from '../../bot/repositories.ts';
import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemEntropy } from '../../bot/system.ts';
import { storedBattleSchema } from '../../domains/combat/battle-record.ts';
import { type Connection, connectRedis } from '../../redis/connect.ts';
import { LuaDocuments } from '../../redis/documents/lua-documents.ts';
import { keys } from '../../redis/keys.ts';
import { readRedisAddress } from '../../redis/redis-address.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { scanKeys } from './scan-keys.ts';
import { FixedClock } from './clock.ts';
import { finishedSession } from './finished-session.ts';
import { memoryRepositories } from './memory-repositories.ts';
import { RecordingLog } from './recording-log.ts';

export interface MultiBotOptions {
  readonly bots: number;
  readonly characters: number;
  /** Address of the shared Redis; by default an in-process one. */
  readonly url?: string | null;
  /** Those of each bot; by default all share what is in memory. */
  readonly repositoriesOf?: (bot: number) => Repositories;
}

/** Several bots on one Redis, and characters ready for the arena. */
export async function openMultiBotArena({
  bots,
  characters,
  url = null,
  repositoriesOf,
}: MultiBotOptions) {
  const name = `bots-${Math.trunc(performance.now() * 1000)}`;
  const clock = new FixedClock();
  const log = new RecordingLog();
  const settings = readSettings({});
  const announced: { userId: number; screen: string; mode: string }[] = [];
  const connections = await Promise.all(
    Array.from({ length: bots }, () =>
      url === null ? connectRedis({ url, log, inProcessName: name }) : connectWithoutTimeout(url),
    ),
  );
  const shared = memoryRepositories();
  const services = connections.map((redis, bot) => {
    const repositories = repositoriesOf?.(bot) ?? shared;
    return buildServices(redis, {
      ...openStores(redis, { log, clock, repositories }),
      repositories,
      log,
      clock,
      entropy: systemEntropy,
      settings,
      announcer: {
        announce: (userId, { screen }, { delivery }) =>
          void announced.push({ userId, screen, mode: delivery }),
      },
    });
  });
  const [first] = services;
  const [redis] = connections;
  if (first === undefined || redis === undefined) throw new Error('at least one bot is needed');
  const ids = Array.from({ length: characters }, (_, index) => index + 1);
  for (const charId of ids)
    await first.accounts.createAccount(charId, finishedSession(charId, 10_000 + charId));
  const close = async () => {
    await redis.client.flushall();
    for (const connection of connections) await connection.close();
  };
  return {
    services,
    first,
    ids,
    clock,
    log,
    announced,
    repositories: shared,
    client: redis.client,
    close,
  };
}

/** Without the bot's command timeout, because many players in one process keep it busy for longer. */
async function connectWithoutTimeout(url: string): Promise<Connection> {
  const { kind, nodes } = readRedisAddress(url);
  const client: RedisClient = kind === 'cluster' ? new Cluster(nodes) : new Redis(url);
  await client.ping();
  const close = async () => {
    await client.quit();
  };
  return { client, documents: new LuaDocuments(client), engine: 'lua', clock: null, close };
}

export interface Census {
  readonly queued: ReadonlySet<number>;
  readonly requested: ReadonlySet<number>;
  readonly seated: ReadonlyMap<number, string>;
  readonly pendingMatches: number;
  readonly fighting: ReadonlyMap<number, readonly string[]>;
}

export async function takeCensus(client: RedisClient, ids: readonly number[]): Promise<Census> {
  const queued = new Set((await client.zrange(keys.queue('1v1'), 0, -1)).map(Number));
  const requested = new Set<number>();
  const seated = new Map<number, string>();
  for (const id of ids) {
    if ((await client.exists(keys.request(id))) === 1) requested.add(id);
    const seat = await client.get(keys.seat(id));
    if (seat !== null) seated.set(id, seat);
  }
  const pendingMatches = await client.zcard(keys.matches());
  return { queued, requested, seated, pendingMatches, fighting: await fightersOf(client) };
}

async function fightersOf(client: RedisClient): Promise<Map<number, string[]>> {
  const fighting = new Map<number, string[]>();
  const found = new Set<string>();
  for await (const battles of scanKeys(client, 'battle')) for (const key of battles) found.add(key);
  for (const key of found) {
    const state: unknown = JSON.parse((await client.hget(key, 'state')) ?? 'null');
    // A battle whose creation was prevented has no record.
    const record = storedBattleSchema.nullable().parse(state);
    if (record?.endedAtMs !== null) continue;
    for (const { charId } of record.sides) {
      if (charId !== null) fighting.set(charId, [...(fighting.get(charId) ?? []), record.id]);
    }
  }
  return fighting;
}

/** Violations of the arena's invariants, one line each. */
export function brokenInvariants(
  { queued, requested, seated, fighting }: Census,
  ids: readonly number[],
): string[] {
  return ids.flatMap((id) => {
    const battles = fighting.get(id) ?? [];
    const places = Number(queued.has(id)) + Number(seated.has(id));
    return [
      ...(battles.length > 1 ? [`${id} fights in ${battles.length} battles`] : []),
      ...(places > 1 ? [`${id} waits and is seated`] : []),
      ...(queued.has(id) !== requested.has(id)
        ? [`${id} has a queue entry or a request, not both`]
        : []),
      ...(seated.get(id) !== battles[0]
        ? [`${id} is seated for a battle that does not exist`]
        : []),
    ];
  });
}
