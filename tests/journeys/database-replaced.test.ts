import { expect, onTestFinished, test } from 'vitest';
import { newTestPlayer } from 'telegram-sandbox/testing';
import { connectRedis } from '../../redis/connect.ts';
import { makeCharacter, screenWith, search } from '../support/duel-steps.ts';
import { type OpenArena, openArena } from '../support/open-arena.ts';
import { describeOnEachRedisUrl } from '../support/redis-engines.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnEachRedisUrl('a bot whose database was replaced by an empty one', (url) => {
  test('gives a newcomer a fresh number and their own screen; the former players are in the lobby', async () => {
    const before = await openArena({}, { redis: await openRedis() });
    const [ann, bob] = [before.newPlayer('Ann'), before.newPlayer('Bob')];
    for (const one of [ann, bob]) {
      await makeCharacter(one, { name: one.client.profile.firstName });
      await search(one);
    }
    for (const one of [ann, bob]) await screenWith(one, 'battle.strike');
    await before.arena.idle();
    await before.arena.stop();
    const after = await replaced(before);
    const cleo = newTestPlayer(before.sandbox, 'Cleo');
    await makeCharacter(cleo, { name: 'Cleo' });
    expect(await numbersOf(after, cleo.client.id)).toEqual([3]);
    const screen = await screenWith(cleo, 'character');
    expect(screen.text).not.toMatch(/Ann|Bob/);
    ann.say('/start');
    const lobby = await screenWith(ann, 'lobby.new');
    expect(lobby.text).not.toContain('Ann');
    await bob.tap([0, 0]);
    await screenWith(bob, 'lobby.new');
    const events = after.log.lines.map(({ message }) => message);
    expect(events.filter((event) => event === 'session set aside')).toHaveLength(2);
    expect(events).toContain('database behind redis');
  });

  async function openRedis() {
    const redis = await connectRedis({ url: url(), inProcessName: 'replaced', log: silentLog });
    onTestFinished(() => redis.close());
    return redis;
  }

  /** The next process of the bot, in the same chats. */
  async function replaced({ sandbox }: OpenArena): Promise<OpenArena> {
    return openArena({ TELEGRAM_API_ROOT: sandbox.url }, { redis: await openRedis() });
  }
});

async function numbersOf({ arena }: OpenArena, userId: number): Promise<number[]> {
  const known = await arena.services.players.getUser(userId);
  return typeof known.character === 'number' ? [known.character] : [];
}
