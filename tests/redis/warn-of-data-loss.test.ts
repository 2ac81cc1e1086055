import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { warnOfDataLoss } from '../../redis/warn-of-data-loss.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';

const VOLATILE = 'appendonly no, save ""';

describeOnRedisServer('the warning of a Redis that may lose data', () => {
  test.each<[string, readonly string[], readonly string[] | null]>([
    ['without persistence', [], [VOLATILE]],
    [
      'that evicts',
      ['--appendonly', 'yes', '--maxmemory-policy', 'allkeys-lru'],
      ['maxmemory-policy allkeys-lru'],
    ],
    [
      'with both',
      ['--maxmemory-policy', 'volatile-ttl'],
      ['maxmemory-policy volatile-ttl', VOLATILE],
    ],
    ['with snapshots', ['--save', '60 1'], null],
    ['that forbids CONFIG', ['--rename-command', 'CONFIG', ''], null],
    ['with an append-only file', ['--appendonly', 'yes'], null],
  ])('one %s is logged at most once', async (_, settings, expected) => {
    const server = await startRedisServer({ settings });
    onTestFinished(() => server.kill());
    const client = new Redis(server.url);
    onTestFinished(() => {
      client.disconnect();
    });
    const log = new RecordingLog();
    await warnOfDataLoss(client, log);
    expect(
      log.lines.map(({ level, message, facts }) => [level, message, facts['settings']]),
    ).toEqual(expected === null ? [] : [['warn', 'redis may lose data', expected]]);
  });
});
