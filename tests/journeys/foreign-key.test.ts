import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';

describeOnRedisServer('a value of another program under a key of the bot', () => {
  test('shows the player an error and is logged once with key and cure', async () => {
    const server = await startRedisServer();
    onTestFinished(() => server.stop());
    const other = new Redis(server.url);
    onTestFinished(() => {
      other.disconnect();
    });
    const open = await openArena({ REDIS_URL: server.url, REDIS_PREFIX: 'a:' });
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
    await makeCharacter(ann, { name: 'Ann' });
    await makeCharacter(bob, { name: 'Bob' });
    await other.lpush('a:{arena}:request:1', 'secret');
    ann.client.tap('arena.mode|1v1', { force: true });
    await ann.sees(/broke on our side/);
    for (let taps = 0; taps < 3; taps += 1) {
      ann.say('/menu');
      await ann.client.waitFor((chat) => chat.messages.at(-1)?.text.includes('broke on our side'));
    }
    expect(loggedProblems(open)).toHaveLength(1);
    expect(loggedProblems(open)[0]).toContain('"a:{arena}:request:1"');
    expect(loggedProblems(open)[0]).toContain('another program writes this key: set REDIS_PREFIX');
    bob.client.tap('arena.mode|1v1', { force: true });
    await screenWith(bob, 'arena.menu');

    await other.lpush('a:{arena}:request:2', 'secret');
    await bob.tap(withAction('arena.join'));
    await bob.sees(/broke on our side/);
    expect(loggedProblems(open)).toHaveLength(2);
    expect(loggedProblems(open).join()).not.toContain('secret');

    await other.del('a:{arena}:request:1', 'a:{arena}:request:2');
    ann.say('/menu');
    await screenWith(ann, 'character');
  });
});
