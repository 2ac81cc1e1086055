import { expect, test } from 'vitest';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { type OpenArena, loggedProblems, openArena } from '../support/open-arena.ts';

async function openWild() {
  const repositories = memoryRepositories();
  const open = await openArena({}, { repositories });
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await open.arena.idle();
  const [character] = await repositories.characters.listOf(ann.id);
  return { open, ann, charId: character?.character_id ?? 0, repositories };
}

const vitals = async ({ arena }: OpenArena, charId: number) =>
  (await arena.services.accounts.getStats(charId))?.hp;

test('a wild battle is fought by taps to its result, and its wounds stay, also after the arena', async () => {
  const { open, ann, charId, repositories } = await openWild();
  const encounter = { id: 'encounter0001', monster: 'bear' } as const;
  expect(await open.arena.services.wild.start(charId, encounter)).toBe('fights');
  const screen = await screenWith(ann, 'battle.strike');
  expect(screen.text).toContain('Bear');
  expect(screen.text).not.toMatch(/Shadow|GearScore/);
  await fightToTheEnd(ann);
  await ann.sees(/Against Bear/);
  const [hp, archived] = [
    await vitals(open, charId),
    await repositories.battles.find(encounter.id),
  ];
  expect(archived?.sides[1].monster).toBe('bear');
  expect(hp?.cur).toBeLessThan(hp?.max ?? 0);
  await ann.tap(withAction('world|'));
  await ann.tap(withAction('home'));
  await ann.tap(withAction('arena.training'));
  await screenWith(ann, 'battle.strike');
  await surrender(ann);
  await ann.sees(/Defeat/);
  expect(await vitals(open, charId)).toEqual(hp);
  expect(loggedProblems(open)).toEqual([]);
});

test('a wild battle that was surrendered leaves a quarter of the health and is not fought again', async () => {
  const { open, ann, charId } = await openWild();
  const encounter = { id: 'encounter0002', monster: 'wolf' } as const;
  await open.arena.services.wild.start(charId, encounter);
  await screenWith(ann, 'battle.strike');
  await surrender(ann);
  await ann.sees(/A quarter of your health is left/);
  const hp = await vitals(open, charId);
  expect(hp?.cur).toBe(Math.round((hp?.max ?? 0) / 4));
  expect(await open.arena.services.wild.start(charId, encounter)).toBe('ended');
  await ann.tap(withAction('history'));
  await ann.sees(/Wolf/);
  expect(loggedProblems(open)).toEqual([]);
});
