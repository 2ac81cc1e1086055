import { describe, expect, test } from 'vitest';
import type { MessageView, TestPlayer } from 'telegram-sandbox/testing';
import { leaveFight, screenWith, withAction } from '../support/duel-steps.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';

/** The keys that lead from /start to the first fight, each the first of its screen that fits. */
const keys = [
  ...['quick_start', 'onboarding.gender', 'onboarding.archetype', 'onboarding.confirm'],
  'story.skip',
];

describe('a new player', () => {
  test('strikes for the first time after six taps, under the name that Telegram knows', async () => {
    const open = await openArena();
    const ann = open.newPlayer('✨ Annabel 🗡');
    ann.say('/start');
    const taps = [...keys, 'battle.strike'];
    for (const key of taps) await ann.tap(withAction(key));
    expect(taps).toHaveLength(6);
    const fight = await screenWith(ann, 'battle.guard');
    expect(fight.text).toContain('Annabel');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('sees the menu without a screen of modes, and an old button of the mode still works', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    ann.say('/start');
    for (const key of keys) await ann.tap(withAction(key));
    await leaveFight(ann);
    const menu = await screenWith(ann, 'character');
    expect(menu.buttons[0]?.[0]?.data).toBe('arena.join|1v1');
    ann.client.tap('arena.mode|1v1', { force: true });
    const mode = await screenWith(ann, 'arena.menu');
    expect(mode.text).toContain('Duel 1 on 1');
    await ann.tap(withAction('arena.join'));
    await screenWith(ann, 'arena.cancel');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('whose name in Telegram is taken or cannot be a name types another', async () => {
    const open = await openArena();
    const [ann, other, odd] = [open.newPlayer('Ann'), open.newPlayer('ANN'), open.newPlayer('42')];
    ann.say('/start');
    await ann.tap(withAction('quick_start'));
    await ann.sees(/Ann it is/);
    for (const who of [other, odd]) {
      who.say('/start');
      const welcome = await screenWith(who, 'lobby.new');
      expect(welcome.buttons.flat().some(withAction('quick_start'))).toBe(false);
    }
    other.client.tap('quick_start|', { force: true });
    await other.sees(/taken/);
    other.say('Anna');
    await other.sees(/Anna it is/);
    expect(loggedProblems(open)).toEqual([]);
  });
});

describe('a step back in onboarding', () => {
  test.each([
    ['gender', 'onboarding.gender'],
    ['archetype', 'onboarding.archetype'],
    ['name', 'onboarding.continue'],
  ])('to the %s survives messages, commands and the lobby', async (step, shown) => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    ann.say('/start');
    for (const key of keys.slice(0, 3)) await ann.tap(withAction(key));
    await ann.tap(withAction(`onboarding.step||${step}`));
    await screenWith(ann, shown);
    // At the name, a text would be the name.
    for (const said of step === 'name' ? ['/menu', '/start'] : ['Hello?', '/menu', '/start'])
      await saysAndSees(ann, said, shown);
    ann.client.sendSticker('👍');
    await below(ann, (screen) => hasButton(screen, shown));
    await ann.tap(withAction('lobby'));
    await ann.tap(withAction('lobby.enter'));
    await ann.tap(withAction(shown));
    await screenWith(ann, 'onboarding.confirm');
    expect(loggedProblems(open)).toEqual([]);
  });
});

test('the characters are managed behind a button of the lobby, which hides a new one while one is unfinished', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  ann.say('/start');
  await ann.tap(withAction('quick_start'));
  await ann.tap(withAction('lobby'));
  const lobby = await screenWith(ann, 'lobby.manage');
  expect(lobby.buttons.flat().some(withAction('lobby.new'))).toBe(false);
  ann.client.tap('lobby.new|', { force: true });
  await ann.seesNotice(/Finish this character first/);
  await ann.tap(withAction('lobby.manage'));
  await ann.tap(withAction('lobby.delete|'));
  await ann.tap(withAction('lobby.delete_confirmed'));
  await ann.sees(/Welcome to the arena/);
  expect(loggedProblems(open)).toEqual([]);
});

async function saysAndSees(who: TestPlayer, said: string, data: string): Promise<void> {
  who.say(said);
  await below(who, (screen) => hasButton(screen, data));
}

/** Resolves once the last message is the bot's answer to what the player has sent, and it fits. */
async function below(who: TestPlayer, fits: (screen: MessageView) => boolean): Promise<void> {
  const sent = who.client.chat().messages.findLast((one) => one.from !== 'bot')?.messageId ?? 0;
  await who.client.waitFor((chat) => {
    const last = chat.messages.at(-1);
    return last?.from === 'bot' && last.messageId > sent && fits(last);
  });
}

function hasButton(screen: MessageView, data: string): boolean {
  return screen.buttons.flat().some(withAction(data));
}
