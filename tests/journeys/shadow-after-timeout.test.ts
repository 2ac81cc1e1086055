import { expect, test } from 'vitest';
import { fightToTheEnd, makeCharacter, screenWith, search } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

test('a player alone for 45 s fights their Shadow, and not earlier', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann', archetype: 'mystic' });
  await search(ann);
  await screenWith(ann, 'arena.cancel');

  open.clock.advance(44_999);
  await ann.client.tap('arena.check|1v1', { force: true }).answered();
  expect((await screenWith(ann, 'arena.cancel')).text).toContain('Looking for an opponent');

  open.clock.advance(1);
  const duel = await ann.sees(/Your Shadow/);
  expect(duel.text).toMatch(/Your Shadow[^]*Novice: strikes at random[^]*starts with 85% health/);
  await fightToTheEnd(ann);
  const result = await ann.sees(/Victory|Defeat|draw/);
  expect(result.text).toContain('Against your Shadow');
  expect(result.text).toContain('Training is unrated, but your Shadow learns.');
  expect(loggedProblems(open)).toEqual([]);
});

test('a Check button of an earlier release starts a due Shadow without a wave', async () => {
  const open = await openArena({ ARENA_WAVE_S: '3' });
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await search(ann);
  await screenWith(ann, 'arena.shadow');
  open.clock.advance(45_000);
  ann.client.tap('arena.check|1v1', { force: true });
  await ann.sees(/Your Shadow/);
  expect(loggedProblems(open)).toEqual([]);
});

test('the button of the search screen looks for a person once more and only then calls the Shadow', async () => {
  const open = await openArena({ ARENA_WAVE_S: '3' });
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await search(ann);
  expect((await screenWith(ann, 'arena.shadow')).text).toContain(
    '1 fighter is searching, no duel is running.',
  );
  await ann.tap(/Fight my Shadow now/);
  await ann.sees(/Your Shadow/);
  open.clock.advance(2_000);
  await search(bob);
  expect((await screenWith(bob, 'arena.shadow')).text).toContain(
    '1 fighter is searching, 1 duel is running.',
  );
  expect(loggedProblems(open)).toEqual([]);
});
