import { describe, expect, test } from 'vitest';
import { withAction, makeCharacter, makeMove, screenWith, search } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

describe('a tap', () => {
  test('is answered at once, even behind four others with slow screens', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    // The screens are slower than all answers: no answer may wait for a screen.
    open.sandbox.faults.add({ method: 'editMessageText', kind: 'slow', delayMs: 600, times: 5 });
    const taps = ['character', 'lobby', 'help', 'language', 'character'].map((data) =>
      ann.client.tap(`${data}|`, { force: true }),
    );
    await Promise.all(taps.slice(0, 4).map((tap) => tap.answered()));
    const edited = open.sandbox.calls.list('editMessageText').filter((call) => call.tookMs >= 600);
    expect(edited).toEqual([]);
  });

  test('on an older message works and moves the screen to the end of the chat', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    const old = await screenWith(ann, 'character');
    ann.say('/menu');
    const present = await ann.client.waitFor((chat) => {
      const last = chat.messages.at(-1);
      return (
        last?.from === 'bot' &&
        chat.messages.every((one) => one.messageId !== old.messageId) &&
        last
      );
    });
    ann.client.tap('arena.mode|1v1', { messageId: old.messageId, force: true });
    const now = await screenWith(ann, 'arena.menu');
    expect(now.messageId).toBeGreaterThan(present.messageId);
  });
});

describe('an update', () => {
  test('that is delivered twice is handled once', async () => {
    const open = await openArena();
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
    await makeCharacter(ann, { name: 'Ann' });
    await makeCharacter(bob, { name: 'Bob' });
    open.sandbox.doubleNextUpdates(12);
    await Promise.all([search(ann), search(bob)]);
    await screenWith(ann, 'battle.strike');
    await makeMove(ann, 1);
    await makeMove(bob, 2);
    const screen = await ann.sees(/Round 2/);
    expect(screen.text).toContain('Round 2');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('that fails shows an error screen and is logged once', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    open.sandbox.faults.add({ method: 'editMessageText', kind: 'error', errorCode: 400 });
    ann.client.tap(withAction('character'));
    const error = await ann.sees(/Something broke on our side/);
    expect(error.buttons.flat()).toHaveLength(1);
    await ann.tap(/Continue/);
    await screenWith(ann, 'character');
    expect(loggedProblems(open)).toHaveLength(1);
  });
});

describe('an unexpected message', () => {
  test('is answered with the screen and a hint', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    ann.say('Hello?');
    await ann.sees(/I only understand the buttons[^]*The arena/);
    ann.client.sendSticker('👍');
    await ann.client.waitFor(
      (chat) => chat.messages.at(-1)?.from === 'bot' && chat.messages.at(-2)?.kind === 'sticker',
    );
    expect(loggedProblems(open)).toEqual([]);
  });
});

describe('the language', () => {
  test('is Telegram’s at first, then the chosen one on every screen', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Аня', 'ru-RU');
    ann.say('/start');
    await ann.sees(/Добро пожаловать/);
    ann.say('/language');
    await ann.tap(withAction('language.set||en'));
    await ann.sees(/Welcome to the arena/);
    ann.say('/start');
    await ann.sees(/Welcome to the arena/);
    expect(loggedProblems(open)).toEqual([]);
  });
});

describe('the turn timer', () => {
  test('ends an idle player’s turn, and the battle after three', async () => {
    const open = await openArena();
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
    await makeCharacter(ann, { name: 'Ann' });
    await makeCharacter(bob, { name: 'Bob' });
    await Promise.all([search(ann), search(bob)]);
    for (const exchange of [1, 2, 3]) {
      await ann.client.waitFor((chat) => chat.messages.at(-1)?.text.includes(`Round ${exchange} `));
      await makeMove(ann, exchange);
      await ann.sees(/Your move is in/);
      // A longer step would be taken for an outage of the bot.
      for (let passed = 0; passed < 40_000; passed += 4_000) {
        open.clock.advance(4_000);
        await open.arena.services.combat.tick();
      }
    }
    await ann.sees(/Victory/);
    await bob.sees(/Defeat/);
    expect(loggedProblems(open)).toEqual([]);
  });
});
