import { expect, test } from 'vitest';
import {
  exchangeOf,
  fightToTheEnd,
  guardKey,
  makeCharacter,
  makeMove,
  screenWith,
  search,
  strikeKey,
} from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

test('taps during an outage of Telegram in a duel count, and the duel goes on', async () => {
  const open = await openArena();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await screenWith(bob, 'battle.strike');
  await screenWith(ann, 'battle.strike');
  await makeMove(ann, 1);
  await ann.sees(/Your move is in/);

  const restarted = open.sandbox.restart({ downMs: 300 });
  // The bot receives these taps after the outage.
  bob.client.tap(strikeKey(1));
  bob.client.tap(guardKey(1));
  expect(exchangeOf(bob.client.lastScreen())).toBe(1);
  await restarted;
  await ann.sees(/Round 2/);
  await bob.sees(/Round 2/);
  await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
  const cards = [ann, bob].map((who) => who.client.lastScreen()?.text ?? '').join('\n');
  expect(cards).toMatch(/Victory[^]*Defeat|Defeat[^]*Victory|draw[^]*draw/);
  const unexpected = loggedProblems(open).filter(
    (line) => !line.startsWith('telegram unavailable'),
  );
  expect(unexpected).toEqual([]);
});
