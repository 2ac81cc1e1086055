import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';

describeOnRedisServer('a full Redis', () => {
  test('shows players an error in their language, is logged once, and play goes on afterwards', async () => {
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
    const logged = loggedProblems(open).filter((line) =>
      line.startsWith('update handling failed: redis unavailable'),
    );
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('"reason":"OOM"');
    await admin.config('SET', 'maxmemory', '0');
    for (const one of people) {
      one.say('/menu');
      await screenWith(one, 'character');
    }
  });
});
