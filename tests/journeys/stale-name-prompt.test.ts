import { expect, test } from 'vitest';
import { withAction } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

test('text typed after the player has left the name prompt does not set the name', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  ann.say('/start');
  await ann.tap(withAction('lobby.new'));
  await ann.sees(/What is your name/);
  ann.say('!');
  await ann.client.waitFor((chat) => (chat.messages.at(-1)?.text.length ?? 0) > 0);
  await open.arena.idle();
  ann.client.tap('help|', { force: true });
  await ann.sees(/How to fight/);
  ann.say('Annabel');
  await ann.sees(/I only understand the buttons/);
  await open.arena.idle();
  expect((await open.arena.services.accounts.getFullAccount(1))?.bio.name ?? null).toBeNull();
  ann.say('Annabel');
  await ann.sees(/Annabel it is/);
  expect(loggedProblems(open)).toEqual([]);
});
