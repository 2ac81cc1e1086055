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
  await ann.tap(/Check/);
  expect((await screenWith(ann, 'arena.cancel')).text).toContain('Looking for an opponent');

  open.clock.advance(1);
  const duel = await ann.sees(/Your Shadow/);
  expect(duel.text).toContain('your own Shadow');
  await fightToTheEnd(ann);
  const result = await ann.sees(/Victory|Defeat|draw/);
  expect(result.text).toContain('Against your Shadow');
  expect(loggedProblems(open)).toEqual([]);
});

test('the Check button starts a due Shadow without a wave', async () => {
  const open = await openArena({ ARENA_WAVE_S: '3' });
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await search(ann);
  await screenWith(ann, 'arena.check');
  open.clock.advance(45_000);
  await ann.tap(/Check/);
  await ann.sees(/Your Shadow/);
  expect(loggedProblems(open)).toEqual([]);
});
