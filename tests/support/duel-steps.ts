import {
  type ButtonView,
  type MessageView,
  type TestPlayer,
  lastScreen,
} from 'telegram-sandbox/testing';
import { guards, zones } from '../../domains/combat/battle.ts';

/** Finds a button by the beginning of its callback data, independent of the language. */
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

/** From /start past the prologue to the first fight; answers the number of taps. */
export async function beginFirstFight(who: TestPlayer, character: NewCharacter): Promise<number> {
  // For a second character the player is in the lobby already.
  if (!isOffered(who, 'lobby.new')) who.say('/start');
  await who.tap(withAction('lobby.new'));
  await who.client.waitFor((chat) => chat.messages.at(-1)?.text.includes('✏️'));
  who.say(character.name);
  await who.tap(withAction(`onboarding.gender||${character.gender ?? 'female'}`));
  await who.tap(withAction(`onboarding.archetype||${character.archetype ?? 'warrior'}`));
  await who.tap(withAction('onboarding.confirm'));
  await who.tap(withAction('story.skip'));
  await screenWith(who, 'battle.strike');
  return 5;
}

/** From /start to the arena menu, the first fight surrendered; answers the number of taps. */
export async function makeCharacter(who: TestPlayer, character: NewCharacter): Promise<number> {
  return (await beginFirstFight(who, character)) + (await leaveFight(who));
}

/** From a fight to the arena menu, by surrender; answers the number of taps. */
export async function leaveFight(who: TestPlayer): Promise<number> {
  const taps = await surrender(who);
  await who.tap(withAction('arena.menu'));
  await screenWith(who, 'character');
  return taps + 1;
}

/** From a fight to its result; answers the number of taps. */
export async function surrender(who: TestPlayer): Promise<number> {
  const keys = ['battle.opponent', 'battle.surrender|', 'battle.surrender_confirmed'];
  for (const key of keys) await who.tap(withAction(key));
  return keys.length;
}

function isOffered(who: TestPlayer, data: string): boolean {
  return who.client.lastScreen()?.buttons.flat().some(withAction(data)) === true;
}

/** From the arena menu into the queue; answers the number of taps. */
export async function search(who: TestPlayer): Promise<number> {
  await who.tap(withAction('arena.join'));
  return 1;
}

/** Resolves with the newest message once it has such a button. */
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

/** The key of a zone to strike; `plan` varies it. */
export function strikeKey(plan: number): (button: ButtonView) => boolean {
  return withAction(new RegExp(`^battle\\.strike\\|.*\\|${zones[plan % zones.length] ?? ''}$`));
}

/** The key of a guard; `plan` varies it. */
export function guardKey(plan: number): (button: ButtonView) => boolean {
  return withAction(new RegExp(`^battle\\.guard\\|.*\\|${guards[plan % guards.length] ?? ''}$`));
}

/** Chooses a move by two taps; `plan` varies the zones. */
export async function makeMove(who: TestPlayer, plan: number): Promise<void> {
  await who.tap(strikeKey(plan));
  await who.tap(guardKey(plan));
}

/** Fights until the result is shown; answers the number of taps. */
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

/** The screen of an exchange after `last`, or the result. */
function nextExchange(who: TestPlayer, last: number): Promise<MessageView> {
  return who.client.waitFor((chat) => {
    const screen = lastScreen(chat);
    const ended = screen?.buttons.flat().some(withAction(/^(arena\.join|world\|)/u)) === true;
    return (ended || (exchangeOf(screen) ?? 0) > last) && screen;
  }, 15_000);
}
