import { expect, test } from 'vitest';
import { z } from 'zod';
import { campFeature } from '../support/camp-feature.ts';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { type OpenArena, openArena, loggedProblems } from '../support/open-arena.ts';

async function openWithCamp() {
  const open = await openArena({}, { features: [campFeature()] });
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  ann.say('/camp');
  await ann.sees(/Nameless it is/);
  return { open, ann };
}

function menuOf({ sandbox }: OpenArena): string[] {
  const set = sandbox.calls.list('setMyCommands').at(-1)?.parameters['commands'];
  return z
    .array(z.object({ command: z.string() }))
    .parse(set)
    .map(({ command }) => command);
}

test('a plugged-in feature has its command, buttons and screen', async () => {
  const { open, ann } = await openWithCamp();
  expect(menuOf(open)).toEqual([
    'start',
    'menu',
    'bag',
    'world',
    'top',
    'season',
    'history',
    'me',
    'help',
    'mute',
    'language',
    'privacy',
    'mydata',
    'forgetme',
    'support',
    'camp',
  ]);
  const screen = await screenWith(ann, 'camp.rest');
  expect(screen.buttons[0]?.[0]?.data).toBe('camp.rest||2|river');
  await ann.tap(withAction('camp.rest'));
  await ann.sees(/2 of 9/);
  // The feature's screen is the current one until the player leaves it.
  ann.client.tap('help|', { force: true });
  await ann.sees(/How to fight/);
  await ann.tap(withAction('home'));
  await ann.sees(/2 of 9/);
  await ann.tap(withAction('camp.leave'));
  await screenWith(ann, 'character');
  expect(loggedProblems(open)).toEqual([]);
});

test('typed text goes to the plugged-in feature that asks for it', async () => {
  const { open, ann } = await openWithCamp();
  ann.say('Riverside');
  await ann.sees(/Riverside it is/);
  ann.say('Hillside');
  await ann.sees(/I only understand the buttons/);
  expect(ann.client.lastScreen()?.text).toContain('Riverside it is');
  expect(loggedProblems(open)).toEqual([]);
});

test('a character that a plugged-in feature occupies can be neither left nor deleted', async () => {
  const { open, ann } = await openWithCamp();
  for (const data of ['lobby.logout|', 'lobby.delete_confirmed||1']) {
    const toast = await ann.client.tap(data, { force: true }).answered();
    expect(toast.text).toContain('Not now');
  }
  await screenWith(ann, 'camp.leave');
  expect(loggedProblems(open)).toEqual([]);
});

test('a button of an unknown feature leads to the current screen', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  ann.client.tap('camp.rest||2|river', { force: true });
  await ann.seesNotice('This button no longer works');
  await screenWith(ann, 'character');
  ann.say('/camp');
  await screenWith(ann, 'character');
  expect(loggedProblems(open)).toEqual([]);
});
