import { expect, test } from 'vitest';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { openRedis } from '../support/open-redis.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';

describeOnRedisServer('a full Redis', () => {
  test('shows players an error in their language, is logged once, and play goes on afterwards', async () => {
    const { url, client: admin } = await openRedis();
    const open = await openArena({ REDIS_URL: url });
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

  test('takes no energy for a rest whose health cannot be written', async () => {
    const { url, client: admin } = await openRedis();
    const repositories = memoryRepositories();
    const open = await openArena({ REDIS_URL: url }, { repositories });
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    const charId = (await repositories.characters.listOf(ann.id)).at(0)?.character_id ?? 0;
    await open.arena.services.accounts.updateStatCurrent(charId, 'hp', 10);
    await ann.tap(withAction('world|'));
    await screenWith(ann, 'world.rest');
    const before = await repositories.journeys.read(charId);
    await admin.config('SET', 'maxmemory', '1');
    await ann.tap(withAction('world.rest'));
    await ann.sees(/not responding/);
    expect(await repositories.journeys.read(charId)).toEqual(before);
  });
});
