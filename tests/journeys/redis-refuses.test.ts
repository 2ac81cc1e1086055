import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { makeCharacter, screenWith } from '../support/duellist.ts';
import { openArena, troubles } from '../support/open-arena.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';

describeOnRedisServer('a Redis that is full', () => {
  test('is told to the player in his words and to the operator once, and play goes on after it', async () => {
    const server = await startRedisServer();
    onTestFinished(() => server.stop());
    const admin = new Redis(server.url);
    onTestFinished(() => {
      admin.disconnect();
    });
    const open = await openArena({ REDIS_URL: server.url });
    const ann = open.newcomer('Анна', 'ru');
    await makeCharacter(ann, { name: 'Анна' });
    await screenWith(ann, 'arena.mode');
    await admin.config('SET', 'maxmemory', '1');
    for (let times = 0; times < 3; times += 1) {
      const before = ann.client.chat().messages.at(-1)?.messageId ?? 0;
      ann.say('/menu');
      await ann.client.waitFor((chat) => {
        const last = chat.messages.at(-1);
        return last?.from === 'bot' && last.messageId > before && /не отвечает/.test(last.text);
      });
    }
    const told = troubles(open).filter((line) => line.startsWith('updates cannot be handled'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('"reason":"OOM"');
    await admin.config('SET', 'maxmemory', '0');
    ann.say('/menu');
    await screenWith(ann, 'arena.mode');
  });
});
