import { expect, onTestFinished, test } from 'vitest';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { openArena } from '../support/open-arena.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { type RunningRedis, stablePort, startRedisServer } from '../support/redis-server.ts';

describeOnRedisServer('a player who taps while Redis is gone', () => {
  test('reads so after each tap, even when it has been gone for a while', async () => {
    const port = await stablePort();
    const server = await startRedisServer({ port });
    let last: RunningRedis = server;
    // After the arena, which needs a server for its end.
    onTestFinished(() => last.stop());
    const open = await openArena({ REDIS_URL: server.url });
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    await server.kill();
    onTestFinished(async () => {
      last = await startRedisServer({ port });
    });
    for (const button of ['character', 'home', 'home']) {
      await ann.tap(withAction(button));
      await ann.sees(/is not responding/);
      await expect.poll(() => ann.client.chat().unansweredTaps.length).toBe(0);
    }
  });

  test('reads so after each tap while it hangs, and plays on when it answers again', async () => {
    const server = await startRedisServer();
    const open = await openArena({ REDIS_URL: server.url });
    onTestFinished(() => server.stop());
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    server.pause();
    onTestFinished(() => {
      server.resume();
    });
    for (const button of ['character', 'home']) {
      await ann.tap(withAction(button));
      await ann.sees(/is not responding/);
      await expect.poll(() => ann.client.chat().unansweredTaps.length).toBe(0);
    }
    server.resume();
    ann.say('/menu');
    await screenWith(ann, 'character');
  });
});
