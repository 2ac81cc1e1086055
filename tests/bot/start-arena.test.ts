import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { readSettings } from '../../bot/settings.ts';
import { startArena } from '../../bot/start-arena.ts';
import { StartError } from '../../bot/start-error.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';

const TOKEN = '4848:token-of-a-start-on-this-machine';
const WAVE_MS = 20;

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

test('an arena that stops checks no turn clock while its last handler runs', async () => {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const repositories = memoryRepositories();
  let endHandler = () => {};
  const handler = new Promise<void>((resolve) => {
    endHandler = resolve;
  });
  const register = vi.spyOn(repositories.users, 'registerUser').mockReturnValue(handler);
  const settings = readSettings({
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: sandbox.url,
    ARENA_WAVE_S: String(WAVE_MS / 1000),
  });
  const arena = await startArena(settings, { log: silentLog, repositories });
  sandbox.people.add({ firstName: 'Ann' }).say('/start');
  await vi.waitUntil(() => register.mock.calls.length > 0, { timeout: 30_000, interval: 5 });
  const tick = vi.spyOn(arena.services.combat, 'tick');
  const stopped = arena.stop();
  // Time for five checks, of which none is due.
  await delay(5 * WAVE_MS);
  expect(tick).not.toHaveBeenCalled();
  endHandler();
  await stopped;
});
