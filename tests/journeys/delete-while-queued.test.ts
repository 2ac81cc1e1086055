import { expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { withAction, makeCharacter, screenWith, search, surrender } from '../support/duel-steps.ts';
import { type OpenArena, openArena, loggedProblems } from '../support/open-arena.ts';

const BUSY = /Not now: this character is searching or fighting/;

test('a queued character is not deleted, even by an old button, and stays in the queue', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await ann.tap(withAction('lobby'));
  await ann.tap(withAction('lobby.manage'));
  await ann.tap(withAction('lobby.delete|'));
  const old = await screenWith(ann, 'lobby.delete_confirmed');
  ann.say('/menu');
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  ann.client.tap('lobby.delete_confirmed||1', { messageId: old.messageId, force: true });
  await ann.seesNotice(BUSY);
  const below = await screenWith(ann, 'arena.cancel');
  expect(below.messageId).toBeGreaterThan(old.messageId);
  await ann.client.tap('lobby.delete_confirmed||1', { force: true }).answered();
  await isStillOneOf(open, ann);
  expect((await open.arena.services.sessions.getQueueStatus(1)).kind).toBe('waiting');

  const bob = open.newPlayer('Bob');
  await makeCharacter(bob, { name: 'Bob' });
  await search(bob);
  await screenWith(ann, 'battle.strike');
  expect(loggedProblems(open)).toEqual([]);
});

test('a fighting character is not deleted until the battle has ended', async () => {
  const open = await openArena();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  ann.client.tap('lobby.delete_confirmed||1', { force: true });
  await ann.seesNotice(BUSY);
  await screenWith(ann, 'battle.strike');
  await surrender(bob);
  await Promise.all([ann.sees(/Victory/), bob.sees(/Defeat/)]);
  ann.client.tap('lobby.delete_confirmed||1', { force: true });
  await ann.sees(/Welcome to the arena/);
  expect(loggedProblems(open)).toEqual([]);
});

/** The character still exists. */
async function isStillOneOf(open: OpenArena, who: TestPlayer): Promise<void> {
  await screenWith(who, 'arena.cancel');
  expect(await open.arena.services.accounts.accountExists(1)).toBe(true);
}
