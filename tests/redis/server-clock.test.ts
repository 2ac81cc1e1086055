import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { ServerClock } from '../../redis/server-clock.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { describeOnRedisCluster } from '../support/redis-cluster.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';

const NOW_MS = 1_700_000_000_000;

/** A server whose clock shows `NOW_MS` at monotonic time 0; a round trip takes `tripMs`. */
function bench() {
  const world = { steadyMs: 0, serverMs: NOW_MS, tripMs: 0, isUnavailable: false };
  const pass = (ms: number) => {
    world.steadyMs += ms;
    world.serverMs += ms;
  };
  const ask = () => {
    if (world.isUnavailable) return Promise.reject(new Error('unavailable'));
    pass(world.tripMs / 2);
    const replyMs = world.serverMs;
    pass(world.tripMs / 2);
    return Promise.resolve(replyMs);
  };
  const log = new RecordingLog();
  const clock = new ServerClock({ ask, log, steadyNow: () => world.steadyMs });
  afterClocks.push(clock);
  return { world, clock, log, pass };
}

const afterClocks: ServerClock[] = [];
afterEach(() => {
  for (const clock of afterClocks.splice(0)) clock.stop();
});

describe('ServerClock', () => {
  test('returns the server time corrected by half of the round trip', async () => {
    const { world, clock, pass } = bench();
    world.tripMs = 40;
    await clock.start();
    expect(clock.now()).toBe(world.serverMs);
    pass(1_234);
    expect(clock.now()).toBe(world.serverMs);
  });

  test('throws before it is started', () => {
    expect(() => bench().clock.now()).toThrow('server clock not started');
  });

  test('follows a server that runs ahead', async () => {
    const { world, clock } = bench();
    await clock.start();
    world.serverMs += 300;
    await clock.compare();
    expect(clock.now()).toBe(NOW_MS + 300);
  });

  test('waits for a server that runs behind and never goes back', async () => {
    const { world, clock, log, pass } = bench();
    await clock.start();
    expect(clock.now()).toBe(NOW_MS);
    world.serverMs -= 300;
    await clock.compare();
    expect(clock.now()).toBe(NOW_MS);
    pass(299);
    expect(clock.now()).toBe(NOW_MS);
    pass(2);
    expect(clock.now()).toBe(NOW_MS + 1);
    expect(log.lines).toEqual([]);
  });

  test('goes back and logs when the server clock was set back', async () => {
    const { world, clock, log } = bench();
    await clock.start();
    clock.now();
    world.serverMs -= 3_600_000;
    await clock.compare();
    expect(clock.now()).toBe(NOW_MS - 3_600_000);
    expect(log.lines.map(({ level, facts }) => [level, facts])).toEqual([
      ['warn', { byMs: 3_600_000 }],
    ]);
  });

  test('ignores a reading with a long round trip', async () => {
    const { world, clock } = bench();
    await clock.start();
    world.tripMs = 5_000;
    world.serverMs += 700;
    await clock.compare();
    expect(clock.now()).toBe(NOW_MS + 5_000);
  });

  test('keeps counting while the server is unavailable', async () => {
    const { world, clock, pass } = bench();
    await clock.start();
    world.isUnavailable = true;
    pass(60_000);
    await clock.compare();
    expect(clock.now()).toBe(NOW_MS + 60_000);
  });

  test('does not start without a reply', async () => {
    const { world, clock } = bench();
    world.isUnavailable = true;
    await expect(clock.start()).rejects.toThrow('unavailable');
  });

  test('follows a server whose round trips are always long', async () => {
    const { world, clock } = bench();
    world.tripMs = 400;
    await clock.start();
    world.serverMs += 300;
    await clock.compare();
    expect(clock.now()).toBe(world.serverMs);
  });
});

/** Sets the system clock, as this process sees it, ahead by `ms`. */
function machineAhead(ms: number): void {
  const trueNow = Date.now.bind(Date);
  const ahead = vi.spyOn(Date, 'now').mockImplementation(() => trueNow() + ms);
  onTestFinished(() => {
    ahead.mockRestore();
  });
}

async function expectServerTime(url: string): Promise<void> {
  const trueMs = Date.now();
  machineAhead(30_000);
  const connection = await connectRedis({ url, log: silentLog });
  onTestFinished(() => connection.close());
  expect(Date.now() - trueMs).toBeGreaterThan(29_000);
  expect(Math.abs((connection.clock?.now() ?? 0) - trueMs)).toBeLessThan(10_000);
}

describeOnRedisServer('a process whose system clock is 30 s ahead', () => {
  test('uses the time of its Redis', async () => {
    const server = await startRedisServer();
    onTestFinished(() => server.stop());
    await expectServerTime(server.url);
  });
});

describeOnRedisCluster('a process whose system clock is 30 s ahead', (url) => {
  test('uses the time of the node that stores the arena', () => expectServerTime(url()));
});

test('the in-process Redis has no server clock', async () => {
  const connection = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => connection.close());
  expect(connection.clock).toBeNull();
});
