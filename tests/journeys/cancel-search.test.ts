import { expect, test } from 'vitest';
import { withAction, makeCharacter, screenWith, search } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

test('a player who stops searching is not matched and can search again', async () => {
  const open = await openArena();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await search(ann);
  await ann.tap(withAction('arena.cancel'));
  await screenWith(ann, 'character');
  await search(bob);
  open.clock.advance(30_000);
  await screenWith(bob, 'arena.cancel');
  await search(ann);
  await screenWith(ann, 'battle.strike');
  await screenWith(bob, 'battle.strike');
  expect(loggedProblems(open)).toEqual([]);
});

test('a late Cancel shows a notice and the duel', async () => {
  const open = await openArena();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await search(ann);
  await search(bob);
  await screenWith(ann, 'battle.strike');
  ann.client.tap('arena.cancel|1v1', { force: true });
  await ann.seesNotice('Too late');
  await screenWith(ann, 'battle.strike');
  expect(loggedProblems(open)).toEqual([]);
});
