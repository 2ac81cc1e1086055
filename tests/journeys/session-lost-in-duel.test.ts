import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import {
  fightToTheEnd,
  makeCharacter,
  makeMove,
  screenWith,
  search,
} from '../support/duel-steps.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { openArena } from '../support/open-arena.ts';
import { silentLog } from '../support/silent-log.ts';

test('a session that is deleted during a duel is restored into it with its vitals', async () => {
  const repositories = memoryRepositories();
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const open = await openArena({}, { repositories, redis });
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await search(ann);
  await search(bob);
  await screenWith(ann, 'battle.strike');
  await screenWith(bob, 'battle.strike');
  const [character] = await repositories.characters.listOf(ann.id);
  const charId = character?.character_id ?? 0;
  const battleId = (await redis.client.get(keys.seat(charId))) ?? '';

  await redis.client.del(keys.account(charId));
  await Promise.all([makeMove(ann, 0), makeMove(bob, 1)]);
  ann.say('/menu');
  await expect
    .poll(async () => (await open.arena.services.accounts.getSessions(charId))?.combat_id)
    .toBe(battleId);
  await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);

  expect((await repositories.battles.find(battleId))?.sides.map((side) => side.charId)).toContain(
    charId,
  );
  const account = await open.arena.services.accounts.getFullAccount(charId);
  expect(account?.state).toBe('EXPLORATION');
  expect(account?.sessions.combat_id).toBeNull();
  const record = await redis.client.hget(keys.battle(battleId), 'state');
  expect(record).toContain(`"hp":{"cur":${account?.stats.hp.cur ?? -1}`);
});
