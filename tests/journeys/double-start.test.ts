import { expect, test } from 'vitest';
import { withAction, makeCharacter, screenWith, search } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { screensIn } from '../support/screens-in-chat.ts';

test('/start twice at once leaves one screen', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  ann.say('/start');
  ann.say('/start');
  await ann.client.waitFor(
    () => open.sandbox.pendingUpdateCount() === 0 && screensIn(open.sandbox, ann.id) === 1,
  );
  await screenWith(ann, 'lobby.new');
  expect(loggedProblems(open)).toEqual([]);
});

test('a double tap on "new character" makes one character', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  ann.say('/start');
  await screenWith(ann, 'lobby.new');
  ann.client.tap(withAction('lobby.new'));
  await ann.client.tap(withAction('lobby.new')).answered();
  await ann.sees(/What is your name/);
  await ann.tap(withAction('lobby'));
  const lobby = await screenWith(ann, 'lobby.manage');
  expect(lobby.buttons.flat().filter(withAction('lobby.enter'))).toHaveLength(1);
  expect(loggedProblems(open)).toEqual([]);
});

test('/start during a duel shows the duel at the end of the chat', async () => {
  const open = await openArena();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  const before = await screenWith(ann, 'battle.strike');
  ann.say('/start');
  const after = await ann.client.waitFor((chat) => {
    const last = chat.messages.at(-1);
    return last !== undefined && last.messageId > before.messageId && last.from === 'bot' && last;
  });
  expect(after.text).toBe(before.text);
  expect(loggedProblems(open)).toEqual([]);
});
