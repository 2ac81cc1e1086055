import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
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
    const people = ['Анна', 'Борис', 'Вера'].map((name) => open.newPlayer(name, 'ru'));
    for (const one of people) {
      await makeCharacter(one, { name: one.client.profile.firstName });
      one.say('/language');
      await screenWith(one, 'language.set');
    }
    await admin.config('SET', 'maxmemory', '1');
    for (const one of people) {
      await one.tap(withAction(/^language.set.*en$/));
      await one.sees(/не отвечает/);
    }
    const told = loggedProblems(open).filter((line) =>
      line.startsWith('update handling failed: redis unavailable'),
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('"reason":"OOM"');
    await admin.config('SET', 'maxmemory', '0');
    for (const one of people) {
      one.say('/menu');
      await screenWith(one, 'arena.mode');
    }
  });
});
