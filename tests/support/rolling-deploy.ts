import { onTestFinished } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { connectDatabase } from '../../database/connect.ts';
import { openDocuments } from '../../redis/connect.ts';
import { openBalancer } from './balancer.ts';
import { spawnBot } from './bot-child.ts';
import { startBotProcess } from './bot-process.ts';
import { makeMove, screenWith, search } from './duel-steps.ts';
import { openRedis } from './open-redis.ts';
import { startPostgres } from './postgres-server.ts';
import { stablePort } from './redis-server.ts';
import { silentLog } from './silent-log.ts';

const TOKEN = '4545:token-of-a-rolling-deploy-on-this-machine';

/** Servers, and processes of both releases behind one address that sends all updates to one of them. */
export async function openDeploy(folder: string) {
  const redis = await openRedis();
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const ports = [await stablePort(), await stablePort()] as const;
  let serving: 0 | 1 = 0;
  const balancer = await openBalancer(ports, () => serving);
  const settings = (port: number) => ({
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: sandbox.url,
    WEBHOOK_SECRET: 'the-same-for-both-releases',
    WEBHOOK_URL: balancer.url,
    WEBHOOK_PORT: String(port),
    ARENA_SAVE_S: '1',
    REDIS_URL: redis.url,
    DATABASE_URL: postgres.url,
  });
  const older = spawnBot(settings(ports[0]), { folder });
  onTestFinished(async () => {
    older.kill('SIGKILL');
    await older.ended;
  });
  await older.prints(/arena started/);
  const { documents } = await openDocuments(redis.client, redis.url);
  return {
    sandbox,
    older,
    serveBy: (release: 'older' | 'newer') => void (serving = release === 'older' ? 0 : 1),
    startNewer: async () => startBotProcess(settings(ports[1])).prints(/arena started/),
    openStores: async () => {
      const database = await connectDatabase({ url: postgres.url, dataDir: null, log: silentLog });
      onTestFinished(() => database.close());
      return { redis: redis.client, documents, db: database.db };
    },
  };
}

/** Both tap in the first exchange. */
export async function beginDuel(ann: TestPlayer, bob: TestPlayer): Promise<void> {
  await Promise.all([search(ann), search(bob)]);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  await Promise.all([makeMove(ann, 1), makeMove(bob, 2)]);
  await Promise.all([ann.sees(/Round 2/), bob.sees(/Round 2/)]);
}
