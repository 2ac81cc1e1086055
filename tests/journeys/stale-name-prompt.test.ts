import { expect, test } from 'vitest';
import { withAction } from '../support/duel-steps.ts';
import { FixedClock } from '../support/clock.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
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

test('a name that is typed for a character that is gone gets a notice, and the lobby', async () => {
  const repositories = memoryRepositories(new FixedClock());
  const open = await openArena({}, { repositories });
  const ann = open.newPlayer('Ann');
  ann.say('/start');
  await ann.tap(withAction('lobby.new'));
  await ann.sees(/What is your name/);
  await open.arena.idle();
  await open.arena.services.accounts.deleteAccount(1);
  await repositories.characters.delete(1);
  ann.say('Annabel');
  const lobby = await ann.sees(/This character no longer exists/);
  expect(lobby.buttons.flat().some(withAction('lobby.new'))).toBe(true);
  expect(loggedProblems(open)).toEqual([]);
});
