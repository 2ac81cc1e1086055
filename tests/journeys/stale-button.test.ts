import { describe, expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import {
  guardKey,
  withAction,
  exchangeOf,
  makeCharacter,
  makeMove,
  screenWith,
  search,
  strikeKey,
} from '../support/duel-steps.ts';
import { type OpenArena, openArena, loggedProblems } from '../support/open-arena.ts';

async function inADuel(): Promise<{ open: OpenArena; ann: TestPlayer; bob: TestPlayer }> {
  const open = await openArena();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await screenWith(ann, 'battle.strike');
  await screenWith(bob, 'battle.strike');
  return { open, ann, bob };
}

function dataOf(screen: Awaited<ReturnType<typeof screenWith>>, beginning: string): string {
  const data = screen.buttons.flat().find(withAction(beginning))?.data;
  if (data == null) throw new Error(`No button asks for ${beginning}`);
  return data;
}

describe('a stale button', () => {
  test('of an ended exchange gets a toast and the current screen, and changes nothing', async () => {
    const { open, ann, bob } = await inADuel();
    const old = dataOf(await screenWith(ann, 'battle.strike'), 'battle.strike');
    await Promise.all([makeMove(ann, 1), makeMove(bob, 2)]);
    const second = await ann.client.waitFor((chat) => {
      const screen = chat.messages.at(-1) ?? null;
      return exchangeOf(screen) === 2 && screen;
    });
    ann.client.tap(old, { force: true });
    await ann.seesNotice('That round is over');
    const now = await screenWith(ann, 'battle.strike');
    // On a busy machine the notice comes on the screen, above it.
    expect(now.text.replace(/^❗️[^\n]*\n+/u, '')).toBe(second.text);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('of another zone changes a complete move while the opponent is thinking', async () => {
    const { open, ann, bob } = await inADuel();
    await makeMove(ann, 1);
    await ann.sees(/Your move is in/);
    await ann.tap(strikeKey(3));
    await bob.tap(strikeKey(2));
    await bob.sees(/🔴✅/);
    await bob.tap(guardKey(2));
    await ann.sees(/🟢 🗡 legs/);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('with forged data gets a toast and the current screen', async () => {
    const { open, ann } = await inADuel();
    for (const forged of [
      'battle.strike||zzz|1|head',
      'x'.repeat(64),
      'lobby.enter||999999',
      '||||',
      'battle.strike||a|1|tail',
    ]) {
      const toast = await ann.client.tap(forged, { force: true }).answered();
      if (!forged.startsWith('lobby')) expect(toast.text).not.toBe('');
    }
    await screenWith(ann, 'battle.strike');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('of another player’s duel changes nothing there', async () => {
    const { open, ann, bob } = await inADuel();
    const eve = open.newPlayer('Eve');
    await makeCharacter(eve, { name: 'Eve' });
    const strike = dataOf(await screenWith(ann, 'battle.strike'), 'battle.strike');
    eve.client.tap(strike, { force: true });
    await eve.seesNotice('not your battle');
    await makeMove(bob, 0);
    await bob.sees(/Your move is in/);
    expect(exchangeOf(await screenWith(ann, 'battle.strike'))).toBe(1);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('of another user’s character does not enter it', async () => {
    const open = await openArena();
    const [ann, eve] = [open.newPlayer('Ann'), open.newPlayer('Eve')];
    await makeCharacter(ann, { name: 'Ann' });
    await makeCharacter(eve, { name: 'Eve' });
    eve.client.tap('lobby.enter||1', { force: true });
    await eve.seesNotice('You have no such character');
    expect((await screenWith(eve, 'lobby.manage')).text).toContain('Eve');
    eve.client.tap('lobby.delete_confirmed||1', { force: true });
    eve.say('/menu');
    await screenWith(eve, 'character');
    ann.say('/menu');
    expect((await screenWith(ann, 'character')).text).toContain('Ann');
  });
});
