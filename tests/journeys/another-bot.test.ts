import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { keys } from '../../redis/keys.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { openRedis } from '../support/open-redis.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { silentLog } from '../support/silent-log.ts';

const TOKEN = '4343:token-of-another-bot-on-this-machine';
const REFUSAL = /^Another bot \(id 4242\) plays on this Redis: set REDIS_PREFIX .*$/;

describeOnRedisServer('a second bot on the same Redis', () => {
  test('is refused with one line, whatever its parts, and does not affect the first', async () => {
    const { url, client } = await openRedis();
    const first = await openArena({ REDIS_URL: url });
    const place = { ...(await openTelegram()), REDIS_URL: url };
    await expect(start(place)).rejects.toThrow(REFUSAL);
    await expect(start({ ...place, ARENA_PARTS: 'waves,timers' })).rejects.toThrow(REFUSAL);
    await client.expire(keys.botId(), 5);
    await expect.poll(() => client.ttl(keys.botId())).toBeGreaterThan(55);
    expect(await client.get(keys.botId())).toBe('4242');
    expect(loggedProblems(first)).toEqual([]);
  });

  test('starts with its own REDIS_PREFIX', async () => {
    const { url, client } = await openRedis();
    await openArena({ REDIS_URL: url });
    const arena = await start({
      ...(await openTelegram()),
      REDIS_URL: url,
      REDIS_PREFIX: 'second:',
    });
    onTestFinished(() => arena.stop());
    expect(await client.mget('bot:id', 'second:bot:id')).toEqual(['4242', '4343']);
  });

  test('exits with code 1 as a process', async () => {
    const { url, client } = await openRedis();
    await client.set(keys.botId(), '4242');
    const bot = startBotProcess({ LOG_LEVEL: 'fatal', REDIS_URL: url, ...(await openTelegram()) });
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toMatch(
      /^Arena cannot start\. Another bot \(id 4242\) .*REDIS_PREFIX.*\n$/,
    );
  });
});

describeOnRedisServer('a bot on the same Redis as a process of release 0.1.0', () => {
  test('is refused while that renews its heartbeat, and starts after it has stopped', async () => {
    const { url, client } = await openRedis();
    const place = { ...(await openTelegram()), REDIS_URL: url };
    const beat = () => void client.set(keys.updateHeartbeat(), '1', 'EX', 5);
    beat();
    const beats = setInterval(beat, 500);
    await expect(start(place)).rejects.toThrow(
      /^A process of an older release is still running on this Redis: stop it first\.$/,
    );
    clearInterval(beats);
    await client.pexpire(keys.updateHeartbeat(), 500);
    const arena = await start(place);
    onTestFinished(() => arena.stop());
    await expect.poll(() => client.get(keys.updateHeartbeat())).toBe('2');
  });
});

async function openTelegram() {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  return { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: sandbox.url };
}

function start(env: Readonly<Record<string, string>>) {
  const DATABASE_URL = 'postgresql://nowhere/arena';
  const settings = readSettings({ DATABASE_URL, ARENA_WAVE_S: '0.02', ...env });
  return startArena(settings, { log: silentLog, repositories: memoryRepositories() });
}
