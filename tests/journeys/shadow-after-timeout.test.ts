import { expect, test } from 'vitest';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  withAction,
} from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

test('a player alone for 45 s fights their Shadow, and not earlier', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann', archetype: 'mystic' });
  await search(ann);
  await screenWith(ann, 'arena.cancel');

  open.clock.advance(44_999);
  await ann.tap(withAction('arena.check'));
  expect((await screenWith(ann, 'arena.cancel')).text).toContain('Looking for an opponent');

  open.clock.advance(1);
  const duel = await ann.sees(/Shadow of Ann/);
  expect(duel.text).toContain('your own Shadow');
  await fightToTheEnd(ann);
  const result = await ann.sees(/Victory|Defeat|draw/);
  expect(result.text).toContain('Against Shadow of Ann');
  expect(loggedProblems(open)).toEqual([]);
});

test('arena.check starts a due Shadow without a wave', async () => {
  const open = await openArena({ ARENA_WAVE_S: '3' });
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await search(ann);
  await screenWith(ann, 'arena.check');
  open.clock.advance(45_000);
  await ann.tap(withAction('arena.check'));
  await ann.sees(/Shadow of Ann/);
  expect(loggedProblems(open)).toEqual([]);
});
