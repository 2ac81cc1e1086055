import { describe, expect, test } from 'vitest';
import { parseEnvFile } from '../../bot/environment.ts';
import { ignoredVariables, readSettings } from '../../bot/settings.ts';

/** What Kubernetes sets for a service of this name, with a named port. */
function serviceVariables(name: string): Record<string, string> {
  const address = 'tcp://10.0.0.11:8080';
  return {
    [`${name}_SERVICE_HOST`]: '10.0.0.11',
    [`${name}_SERVICE_PORT`]: '8080',
    [`${name}_SERVICE_PORT_HTTP_API`]: '8080',
    [`${name}_PORT`]: address,
    [`${name}_PORT_8080_TCP`]: address,
    [`${name}_PORT_8080_TCP_PROTO`]: 'tcp',
    [`${name}_PORT_8080_TCP_PORT`]: '8080',
    [`${name}_PORT_8080_TCP_ADDR`]: '10.0.0.11',
    [`${name}_PORT_53_UDP`]: 'udp://10.0.0.11:53',
  };
}

describe('the environment of a platform', () => {
  test.each(['ARENA', 'ARENA_REDIS', 'ARENA_TURN_S', 'REDIS', 'SANDBOX', 'WEBHOOK', 'DATABASE'])(
    'changes no setting when Kubernetes runs a service called %s',
    (name) => {
      const variables = serviceVariables(name);
      expect(readSettings(variables)).toEqual(readSettings({}));
    },
  );

  test('is named where it could be taken for a setting', () => {
    const env = { ...serviceVariables('ARENA'), ...serviceVariables('WEBHOOK') };
    const expected = [...Object.keys(serviceVariables('ARENA')), 'WEBHOOK_PORT'];
    expect(ignoredVariables({ ...env, WEBHOOK_URL: 'https://arena.example' })).toEqual(expected);
  });

  test('does not hide a port from .env', () => {
    const settings = readSettings(serviceVariables('WEBHOOK'), { WEBHOOK_PORT: '9000' });
    expect(settings.WEBHOOK_PORT).toBe(9000);
  });

  test.each([
    { ARENA_PORT: '8080' },
    { ARENA_TURN: '40' },
    { ARENA_PORT_TCP: 'tcp://10.0.0.11:80' },
    { WEBHOOK_PORT: 'http://10.0.0.11' },
  ])('does not excuse the typing error %j', (env) => {
    expect(ignoredVariables(env)).toEqual([]);
    expect(() => readSettings(env)).toThrow(Object.keys(env)[0]);
  });

  test('is not looked for in .env', () => {
    expect(() => readSettings({}, { WEBHOOK_PORT: 'tcp://10.0.0.11:80' })).toThrow('WEBHOOK_PORT');
  });
});

describe('parseEnvFile', () => {
  test('reads a file that begins with a byte order mark', () => {
    expect(parseEnvFile('\uFEFFBOT_TOKEN=1\nLOG_LEVEL=info')).toEqual({
      BOT_TOKEN: '1',
      LOG_LEVEL: 'info',
    });
  });

  test.each([
    ['# Settings\n\nLOG_LEVEL=info\nBOT_TOKEN 123:secret\n', 'Line 4 of .env (BOT_TOKEN)'],
    ['\uFEFFBOT_TOKEN: 123:secret', 'Line 1 of .env (BOT_TOKEN)'],
    ['REDIS_PREFIX="a\nb"\r\n123:secret\r\n', 'Line 3 of .env has'],
  ])('names the line of %j that has no "="', (text, line) => {
    expect(() => parseEnvFile(text)).toThrow(line);
    expect(() => parseEnvFile(text)).not.toThrow('secret');
  });

  test('accepts comments, blank lines, exports and quoted values of several lines', () => {
    const text = '  # no setting\n\nexport LOG_LEVEL=debug\nREDIS_PREFIX = "a\n b"\nDATA_DIR=\n';
    expect(parseEnvFile(text)).toEqual({ LOG_LEVEL: 'debug', REDIS_PREFIX: 'a\n b', DATA_DIR: '' });
  });
});
