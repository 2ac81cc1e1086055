import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { startBotProcess } from '../support/bot-process.ts';

const TOKEN = '4343:token-of-a-process-on-this-machine';

/** One more is in `start-and-stop.test.ts`. */
describe('a failed start exits with code 1 and one line that names the cure', () => {
  test.each([
    [{ ARENA_TRUN_S: '40' }, /ARENA_TRUN_S is not a setting.*\.env\.example/],
    [{ ARENA_TURN_S: 'soon' }, /ARENA_TURN_S.*\.env\.example/],
    [{ SANDBOX_PORT: '0', REDIS_URL: 'redis://:hush@127.0.0.1:1' }, /127\.0\.0\.1:1.*REDIS_URL/],
    [{ NODE_ENV: 'production' }, /BOT_TOKEN: is needed when NODE_ENV is production/],
    [
      { SANDBOX_PORT: '0', DATABASE_URL: 'postgresql://arena:hush@127.0.0.1:1/arena' },
      /127\.0\.0\.1:1.*DATABASE_URL/,
    ],
    [{ SANDBOX_PORT: '0', DATA_DIR: '/dev/null' }, /No usable database in .*DATABASE_URL/],
    [
      { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:1' },
      /cannot be reached.*TELEGRAM_API_ROOT/,
    ],
  ])('%j', async (settings, line) => {
    const bot = startBotProcess({ LOG_LEVEL: 'fatal', ...settings });
    expect(await bot.ended).toBe(1);
    expect(bot.output().trim().split('\n')).toEqual([expect.stringMatching(line) as string]);
    expect(bot.output()).not.toContain('hush');
    expect(bot.output()).not.toContain(TOKEN);
  });

  test('names a refused token', async () => {
    const sandbox = await startSandbox({ token: TOKEN });
    onTestFinished(() => sandbox.close());
    const bot = startBotProcess({
      LOG_LEVEL: 'fatal',
      BOT_TOKEN: '4343:another-token-than-the-right-one',
      TELEGRAM_API_ROOT: sandbox.url,
    });
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toMatch(/^Arena cannot start\. BOT_TOKEN was refused by .*@BotFather\n$/);
  });
});
