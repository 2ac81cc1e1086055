import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from 'telegram-sandbox';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { openDocuments } from '../../redis/connect.ts';
import { type RunningPostgres, startPostgres } from '../../tests/support/postgres-server.ts';
import { stablePort } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { BotProcesses } from './bot-processes.ts';
import type { ChaosOptions } from './chaos-options.ts';
import type { Stores } from './check-arena.ts';
import type { FaultTargets } from './inject-faults.ts';
import { OutageLog } from './outages.ts';
import { pacingFor } from './pacing.ts';
import { PersistentRedis } from './persistent-redis.ts';
import type { BotSettings } from './supervised-bot.ts';
import { withTimeout } from './timeouts.ts';

export interface Environment extends FaultTargets {
  readonly sandbox: Sandbox;
  readonly stores: Stores;
  /** An embedded database is opened by one process at a time: only once its bot has ended. */
  openDatabase(): Promise<Database>;
}

export type OnClose = (what: string, close: () => Promise<unknown>) => void;

const TOKEN = '4747:token-of-a-chaos-run-on-this-machine';
const START_MS = 60_000;

/** Starts servers and bots. */
export async function openEnvironment(
  options: ChaosOptions,
  onClose: OnClose,
): Promise<Environment> {
  const { settings: place, postgres } = await placeOf(options, onClose);
  const redis = await PersistentRedis.start();
  onClose('stop of Redis', () => redis.stop());
  const sandbox = await startSandbox({ token: TOKEN });
  onClose('close of the sandbox', () => sandbox.close());
  const shared: BotSettings = {
    ...pacingFor(options.players).settings,
    ...place,
    NODE_ENV: 'production',
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: sandbox.url,
    REDIS_URL: redis.url,
  };
  const outages = new OutageLog();
  const settings = (await partsOf(options)).map((parts) => ({ ...shared, ...parts }));
  const bots = new BotProcesses(settings, outages);
  onClose('kill of all bots', () => bots.killAll());
  await bots.waitUntilReady();
  const { documents } = await openDocuments(redis.client, redis.url);
  const openDatabase = async () => {
    const { DATABASE_URL: url = null, DATA_DIR: dataDir = null } = place;
    const database = await connectDatabase({ url, dataDir, log: silentLog });
    onClose('close of the database', () => database.close());
    return database.db;
  };
  const db = postgres === null ? null : await openDatabase();
  const stores = { redis: redis.client, documents, db };
  return { sandbox, redis, postgres, bots, outages, stores, openDatabase };
}

/** Where the bots keep what is earned. */
async function placeOf(
  { database }: ChaosOptions,
  onClose: OnClose,
): Promise<{ readonly settings: BotSettings; readonly postgres: RunningPostgres | null }> {
  if (database === 'embedded') {
    const folder = mkdtempSync(join(tmpdir(), 'arena-data-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    onClose('removal of the data', () => rm(folder, { recursive: true, force: true }));
    return { settings: { DATA_DIR: folder }, postgres: null };
  }
  const start = { what: 'start of PostgreSQL', timeoutMs: START_MS };
  const postgres = await withTimeout(startPostgres(), start);
  onClose('stop of PostgreSQL', () => postgres.stop());
  return { settings: { DATABASE_URL: postgres.url }, postgres };
}

async function partsOf({ bots, receives }: ChaosOptions): Promise<BotSettings[]> {
  const port = await stablePort();
  const webhook = {
    WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
    WEBHOOK_PORT: String(port),
  };
  const receiver = receives === 'webhook' ? webhook : {};
  if (bots === 1) return [receiver];
  const worker = { ARENA_PARTS: 'waves,timers' };
  return [
    { ARENA_PARTS: 'updates', ...receiver },
    ...Array.from({ length: bots - 1 }, () => worker),
  ];
}
