import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { makeCharacter, screenWith, search } from '../support/duel-steps.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { openArena } from '../support/open-arena.ts';
import { silentLog } from '../support/silent-log.ts';

test('a fighter whom the database does not know any more is in the lobby, and the opponent wins', async () => {
  const repositories = memoryRepositories();
  const redis = async () => {
    const inProcessName = 'fighter-set-aside';
    const connection = await connectRedis({ url: null, inProcessName, log: silentLog });
    onTestFinished(() => connection.close());
    return connection;
  };
  const before = await openArena({}, { repositories, redis: await redis() });
  const [ann, bob] = [before.newPlayer('Ann'), before.newPlayer('Bob')];
  for (const one of [ann, bob]) {
    await makeCharacter(one, { name: one.client.profile.firstName });
    await search(one);
  }
  for (const one of [ann, bob]) await screenWith(one, 'battle.strike');
  await before.arena.idle();
  await before.arena.stop();

  const [lost] = await repositories.characters.listOf(ann.id);
  await repositories.characters.delete(lost?.character_id ?? 0);
  const env = { TELEGRAM_API_ROOT: before.sandbox.url };
  const after = await openArena(env, { repositories, redis: await redis() });
  ann.say('/menu');
  await screenWith(ann, 'lobby.new');
  await bob.sees(/Victory/);
  await after.arena.idle();
  await screenWith(ann, 'lobby.new');
  expect(ann.client.lastScreen()?.text).not.toContain('Bob');
  const { battles } = await repositories.battles.listOf(2, { kind: 'latest', limit: 2 });
  // The other one is Bob's first fight.
  const won = battles.filter(({ own }) => own.result === 'won');
  expect(won).toMatchObject([{ own: { name: 'Bob' }, reason: 'surrender' }]);
});
