import { expect, test } from 'vitest';
import {
  exchangeOf,
  guardKey,
  makeCharacter,
  screenWith,
  search,
  strikeKey,
  withAction,
} from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

test('two moves locked in at the same moment are one exchange', async () => {
  const open = await openArena();
  const players = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await Promise.all(
    players.map((who) => makeCharacter(who, { name: who.client.profile.firstName })),
  );
  await Promise.all(players.map((who) => search(who)));
  await Promise.all(players.map((who) => screenWith(who, 'battle.strike')));
  for (const exchange of [1, 2, 3]) {
    for (const who of players) {
      who.client.tap(strikeKey(exchange));
      who.client.tap(guardKey(exchange));
    }
    const screens = await Promise.all(
      players.map((who) =>
        who.client.waitFor((chat) => {
          const screen = chat.messages.at(-1) ?? null;
          return exchangeOf(screen) === exchange + 1 && screen;
        }),
      ),
    );
    expect(screens.map(exchangeOf)).toEqual([exchange + 1, exchange + 1]);
  }
  expect(loggedProblems(open)).toEqual([]);
});

test('two players who search at the same moment meet in one duel', async () => {
  const open = await openArena();
  const players = ['Ann', 'Bob'].map((name) => open.newPlayer(name));
  await Promise.all(
    players.map((who) => makeCharacter(who, { name: who.client.profile.firstName })),
  );
  for (const who of players) who.client.tap(withAction('arena.join'));
  const duels = await Promise.all(
    players.map(
      async (who) => (await screenWith(who, 'battle.strike')).buttons[0]?.[0]?.data?.split('|')[2],
    ),
  );
  expect(duels[0]).toBe(duels[1]);
  expect(loggedProblems(open)).toEqual([]);
});

test('five taps on one button at once count once, and each is answered', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  const taps = Array.from({ length: 5 }, () => ann.client.tap(withAction('arena.join')));
  const answers = await Promise.all(taps.map((tap) => tap.answered()));
  expect(answers.filter((answer) => answer.text === '')).toHaveLength(1);
  await screenWith(ann, 'arena.cancel');
  expect(loggedProblems(open)).toEqual([]);
});
