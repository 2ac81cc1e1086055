import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readSettings, settingNames } from '../../bot/settings.ts';

const token = `123456:${'a'.repeat(35)}`;

describe('settings', () => {
  test('an empty environment gives the documented defaults', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      BOT_TOKEN: null,
      REDIS_URL: null,
      REDIS_PREFIX: '',
      DATABASE_URL: null,
      DATA_DIR: './data',
      ARENA_SHADOW_AFTER_S: 45,
      ARENA_TURN_S: 40,
      ARENA_REQUEST_TTL_S: 300,
      ARENA_WAVE_S: 1,
    });
    expect(settings.ARENA_WIDENING.map((step) => [step.afterMs, step.share])).toEqual([
      [0, 0.15],
      [10_000, 0.2],
      [20_000, 0.3],
      [30_000, 0.4],
      [40_000, 0.6],
    ]);
  });

  test.each([
    [{ BOT_TOKEN: 'nonsense' }, /^BOT_TOKEN: is not a bot token.*@BotFather/],
    [
      { REDIS_URL: 'localhost:6379' },
      /^REDIS_URL: is not an address: it begins with redis:\/\/ or rediss:\/\//,
    ],
    [
      { DATABASE_URL: 'mysql://localhost/arena' },
      /^DATABASE_URL: is not an address: it begins with postgres:\/\/ or postgresql:\/\//,
    ],
    [{ REDIS_PREFIX: '{arena}:' }, /^REDIS_PREFIX: takes no braces.* write it without { and }/],
    [{ REDIS_PREFIX: 'my bot:' }, /^REDIS_PREFIX: takes at most 64 characters, none of them blank/],
    [{ REDIS_PREFIX: 'bot\u0000' }, /^REDIS_PREFIX: takes at most 64/],
    [{ REDIS_PREFIX: 'x'.repeat(65) }, /^REDIS_PREFIX: takes at most 64/],
    [{ TELEGRAM_API_ROOT: 'telegram' }, /^TELEGRAM_API_ROOT: is not an address/],
    [{ ARENA_TURN_S: 'soon' }, /^ARENA_TURN_S: takes a number from 0.1 to 600/],
    [{ ARENA_TURN_S: '-1' }, /^ARENA_TURN_S: /],
    [{ ARENA_WIDENING: '0:30,10:15' }, /^ARENA_WIDENING: takes rising steps/],
    [{ ARENA_WIDENING: '0:15:99' }, /^ARENA_WIDENING: takes rising steps/],
    [{ ARENA_WIDENING: '0:' }, /^ARENA_WIDENING: takes rising steps/],
    [{ ARENA_WAVE_S: '6' }, /^ARENA_WAVE_S: /],
    [{ NODE_ENV: 'prod' }, /^NODE_ENV: /],
    [{ ARENA_WIDENING: 'wide' }, /^ARENA_WIDENING: takes rising steps/],
    [{ ARENA_TRUN_S: '40' }, /^ARENA_TRUN_S is not a setting of Arena/],
    [{ WEBHOOK_URL: 'http://arena.example/hook' }, /^WEBHOOK_URL: begins with https/],
    [{ WEBHOOK_URL: 'arena.example' }, /^WEBHOOK_URL: is not an address/],
    [{ WEBHOOK_PORT: '70000' }, /^WEBHOOK_PORT: takes a number/],
    [{ WEBHOOK_SECRET: 'short' }, /^WEBHOOK_SECRET: takes 16 to 256(?!.*short)/],
    [{ ARENA_PARTS: 'updates,wave' }, /^ARENA_PARTS: takes some of updates,waves,timers/],
    [{ ARENA_PARTS: 'updates,' }, /^ARENA_PARTS: takes some of/],
    [{ ARENA_PARTS: 'updates' }, /^BOT_TOKEN: is needed when ARENA_PARTS leaves parts/],
    [{ ARENA_PARTS: 'waves', BOT_TOKEN: token }, /^REDIS_URL: is needed when ARENA_PARTS/],
    [
      { ARENA_PARTS: 'timers', BOT_TOKEN: token, REDIS_URL: 'redis://localhost' },
      /^DATABASE_URL: is needed when ARENA_PARTS/,
    ],
    [
      { ARENA_SHADOW_AFTER_S: '300' },
      /^ARENA_SHADOW_AFTER_S: must be less than ARENA_REQUEST_TTL_S/,
    ],
    [{ NODE_ENV: 'production' }, /^BOT_TOKEN: is needed when NODE_ENV is production/],
    [{ NODE_ENV: 'production', BOT_TOKEN: token }, /^REDIS_URL: is needed when NODE_ENV/],
  ])('%j is refused with one line that names the setting', (env, line) => {
    expect(() => readSettings(env)).toThrow(line);
    try {
      readSettings(env);
    } catch (error) {
      expect(String(error)).not.toContain('\n');
    }
  });

  test.each(['bot-2:', 'x', 'арена/*?[1]', '🗡'.repeat(64)])('REDIS_PREFIX accepts %j', (prefix) => {
    expect(readSettings({ REDIS_PREFIX: prefix }).REDIS_PREFIX).toBe(prefix);
  });

  test.each(['postgres://a:b@localhost/arena', ' postgresql://localhost:5433/arena '])(
    'DATABASE_URL accepts %j and is optional in production',
    (address) => {
      const env = { NODE_ENV: 'production', BOT_TOKEN: token, REDIS_URL: 'redis://localhost' };
      const settings = readSettings({ ...env, DATABASE_URL: address });
      expect(settings.DATABASE_URL).toBe(address.trim());
      expect(readSettings(env).DATABASE_URL).toBeNull();
    },
  );

  test('a value that is set but empty counts as unset', () => {
    const empty = { BOT_TOKEN: '', ARENA_TURN_S: '', DATABASE_URL: ' ', DATA_DIR: ' ' };
    expect(readSettings(empty)).toMatchObject({
      BOT_TOKEN: null,
      DATABASE_URL: null,
      DATA_DIR: './data',
      ARENA_TURN_S: 40,
    });
  });

  test('ARENA_PARTS defaults to every part', () => {
    expect([...readSettings({}).ARENA_PARTS]).toEqual(['updates', 'waves', 'timers']);
    const shared = { BOT_TOKEN: token, REDIS_URL: 'redis://a', DATABASE_URL: 'postgresql://a/b' };
    const worker = readSettings({ ...shared, ARENA_PARTS: ' timers, waves' });
    expect([...worker.ARENA_PARTS]).toEqual(['waves', 'timers']);
  });

  test('everything that is missing or wrong is named in one line', () => {
    expect(() => readSettings({ NODE_ENV: 'production' })).toThrow(
      /^BOT_TOKEN: is needed .*; REDIS_URL: is needed [^\n]*$/,
    );
    expect(() => readSettings({ ARENA_TURN_S: '0', LOG_LEVEL: 'loud' })).toThrow(
      /LOG_LEVEL: .*; ARENA_TURN_S: [^\n]*$/,
    );
    expect(() => readSettings({ NODE_ENV: 'production', ARENA_PARTS: 'waves' })).toThrow(
      /^(?!.*REDIS_URL.*REDIS_URL)BOT_TOKEN: .*; REDIS_URL: .*; DATABASE_URL: /,
    );
  });

  test('TELEGRAM_API_ROOT accepts slashes at its end', () => {
    const settings = readSettings({ TELEGRAM_API_ROOT: 'http://localhost:8081/bots//' });
    expect(settings.TELEGRAM_API_ROOT).toBe('http://localhost:8081/bots');
  });

  test('a wrong token is not repeated in the message', () => {
    expect(() => readSettings({ BOT_TOKEN: 'my-secret' })).toThrow(/^(?!.*my-secret)/);
  });

  test('an unknown name in .env is refused', () => {
    expect(() => {
      readSettings({}, { BOT_TOKEN: token, BOT_TOKN: token });
    }).toThrow(/^BOT_TOKN in \.env is not a setting/);
  });

  test('.env.example documents every setting, and only settings', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const named = [...example.matchAll(/^#? ?([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(new Set(named)).toEqual(new Set(settingNames));
  });

  test('the values that .env.example shows are accepted', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const active = parseEnv(example.replaceAll(/^# ?([A-Z_]+=)/gm, '$1'));
    expect(readSettings(active).ARENA_SHADOW_AFTER_S).toBe(45);
  });
});
