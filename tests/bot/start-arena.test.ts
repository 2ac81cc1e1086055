import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../bot/settings.ts';
import { startArena } from '../../bot/start-arena.ts';
import { StartError } from '../../bot/start-error.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnRedisServer('a Redis that dies during the start', () => {
  test('ends it with one line that names the setting', async () => {
    const server = await startRedisServer();
    onTestFinished(() => server.stop());
    const settings = readSettings({ REDIS_URL: server.url, SANDBOX_PORT: '0' });
    const info = (_facts: object, event: string) => {
      if (event === 'redis connected') void server.kill();
    };
    const failure: unknown = await startArena(settings, { log: { ...silentLog, info } }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(StartError);
    expect(String(failure)).toMatch(/Redis stopped answering during the start .* REDIS_URL/);
  });
});
