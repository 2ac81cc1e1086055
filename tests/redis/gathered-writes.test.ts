import { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { mendingClient } from '../../redis/mending-client.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';

async function openClient() {
  const server = await startRedisServer();
  onTestFinished(() => server.stop());
  const raw = new Redis(server.url);
  onTestFinished(() => {
    raw.disconnect();
  });
  await raw.ping();
  const { stream } = raw;
  const one = vi.spyOn(stream, '_write');
  const several = vi.spyOn(stream, '_writev');
  return { client: mendingClient(raw, silentLog), one, several };
}

describeOnRedisServer('what is sent in one turn', () => {
  test('leaves in one write, and is answered in order', async () => {
    const { client, one, several } = await openClient();
    const sent = Array.from({ length: 50 }, (_, index) => client.incrby('sum', index));
    const sums = await Promise.all(sent);
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    expect(sums.at(-1)).toBe((49 * 50) / 2);
    expect(several).toHaveBeenCalledTimes(1);
    expect(several.mock.calls[0]?.[0]).toHaveLength(50);
    expect(one).not.toHaveBeenCalled();
  });

  test('leaves before the next turn is over, also when it is one command alone', async () => {
    const { client, one } = await openClient();
    const asked = client.get('nothing');
    expect(one).not.toHaveBeenCalled();
    await new Promise(setImmediate);
    expect(one).toHaveBeenCalledTimes(1);
    expect(await asked).toBeNull();
  });
});
