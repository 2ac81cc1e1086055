import { expect, test } from 'vitest';
import { asking } from '../support/duellist.ts';
import { openArena, troubles } from '../support/open-arena.ts';

test('text typed after a tap has led away from the question for a name renames nobody', async () => {
  const open = await openArena();
  const ann = open.newcomer('Ann');
  ann.say('/start');
  await ann.tap(asking('lobby.new'));
  await ann.sees(/What is your name/);
  // A refused name leaves a conversation under way.
  ann.say('!');
  await ann.client.waitFor((chat) => (chat.messages.at(-1)?.text.length ?? 0) > 0);
  await open.arena.idle();
  ann.client.tap('help|', { force: true });
  await ann.sees(/How to fight/);
  ann.say('Annabel');
  await ann.sees(/I understand taps/);
  await open.arena.idle();
  expect((await open.arena.house.accounts.getFullAccount(1))?.bio.name ?? null).toBeNull();
  ann.say('Annabel');
  await ann.sees(/Annabel it is/);
  expect(troubles(open)).toEqual([]);
});
