import type { Log } from '../domains/core/log.ts';
import { isReplyError } from './documents/reply-error.ts';
import type { RedisClient } from './redis-client.ts';

/** Logs one warning that names the settings with which the server may lose what is happening. */
export async function warnOfDataLoss(client: RedisClient, log: Log): Promise<void> {
  const policy = fieldOf(await infoOf(client, 'memory'), 'maxmemory_policy');
  const isEvicting = policy !== null && policy !== 'noeviction';
  const settings = [
    ...(isEvicting ? [`maxmemory-policy ${policy}`] : []),
    ...((await isInMemoryOnly(client)) ? ['appendonly no, save ""'] : []),
  ];
  if (settings.length === 0) return;
  const lost = 'queues, running battles, unsaved changes of sessions';
  const cure = 'maxmemory-policy noeviction, appendonly yes';
  log.warn({ settings, lost, cure }, 'redis may lose data');
}

/** False where the server does not say: managed ones forbid CONFIG. */
async function isInMemoryOnly(client: RedisClient): Promise<boolean> {
  if (fieldOf(await infoOf(client, 'persistence'), 'aof_enabled') !== '0') return false;
  const save: unknown = await client.config('GET', 'save').catch(ignoreRefusal);
  return Array.isArray(save) && save[1] === '';
}

async function infoOf(client: RedisClient, section: string): Promise<string> {
  return (await client.info(section).catch(ignoreRefusal)) ?? '';
}

function ignoreRefusal(error: unknown): null {
  if (isReplyError(error)) return null;
  throw error;
}

function fieldOf(info: string, name: string): string | null {
  return new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? null;
}
