import {
  type ButtonView,
  type MessageView,
  type TestPlayer,
  lastScreen,
} from 'telegram-sandbox/testing';

/** A tap by what it asks for, whatever it is called in the reader's language. */
export function withAction(data: string | RegExp): (button: ButtonView) => boolean {
  return (button) =>
    typeof data === 'string'
      ? (button.data?.startsWith(data) ?? false)
      : data.test(button.data ?? '');
}

export interface NewCharacter {
  readonly name: string;
  readonly gender?: 'male' | 'female';
  readonly archetype?: string;
}

/** From /start to the arena's door; answers how many taps it took. */
export async function makeCharacter(who: TestPlayer, wish: NewCharacter): Promise<number> {
  // A second character begins where the first one left: in the lobby.
  if (!isOffered(who, 'lobby.new')) who.say('/start');
  await who.tap(withAction('lobby.new'));
  await who.client.waitFor((chat) => chat.messages.at(-1)?.text.includes('✏️'));
  who.say(wish.name);
  await who.tap(withAction(`onboarding.gender||${wish.gender ?? 'female'}`));
  await who.tap(withAction(`onboarding.archetype||${wish.archetype ?? 'warrior'}`));
  await who.tap(withAction('onboarding.confirm'));
  await screenWith(who, 'arena.mode');
  return 4;
}

function isOffered(who: TestPlayer, data: string): boolean {
  return who.client.lastScreen()?.buttons.flat().some(withAction(data)) === true;
}

/** From the arena's door into the queue; answers how many taps it took. */
export async function search(who: TestPlayer): Promise<number> {
  await who.tap(withAction('arena.mode'));
  await who.tap(withAction('arena.join'));
  return 2;
}

/** The bot's newest message as soon as it has such a button. */
export function screenWith(who: TestPlayer, data: string): Promise<MessageView> {
  return who.client.waitFor((chat) => {
    const screen = lastScreen(chat);
    return screen?.buttons.flat().some(withAction(data)) === true && screen;
  });
}

/** The exchange that a battle screen waits for; null on any other screen. */
export function exchangeOf(screen: MessageView | null): number | null {
  const strike = screen?.buttons.flat().find(withAction('battle.strike'))?.data;
  return strike == null ? null : Number(strike.split('|')[3]);
}

/** Locks in one move of two taps in the exchange that is on, whatever the zones. */
export async function makeMove(who: TestPlayer, plan: number): Promise<void> {
  await who.tap([0, plan % 4]);
  await who.tap([1, plan % 3]);
}

/** Fights until the result card is there; answers how many taps it took. */
export async function fightToTheEnd(who: TestPlayer): Promise<number> {
  let taps = 0;
  await screenWith(who, 'battle.strike');
  for (let last = 0; ;) {
    const screen = await nextExchange(who, last);
    const exchange = exchangeOf(screen);
    if (exchange === null) return taps;
    last = exchange;
    await makeMove(who, exchange);
    taps += 2;
  }
}

/** The screen of an exchange after `last`, or the result card. */
function nextExchange(who: TestPlayer, last: number): Promise<MessageView> {
  return who.client.waitFor((chat) => {
    const screen = lastScreen(chat);
    const ended = screen?.buttons.flat().some(withAction('arena.join')) === true;
    return (ended || (exchangeOf(screen) ?? 0) > last) && screen;
  }, 15_000);
}
