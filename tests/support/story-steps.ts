import { type MessageView, type TestPlayer, lastScreen } from 'telegram-sandbox/testing';
import { type NewCharacter, screenWith, withAction } from './duel-steps.ts';

/** From /start to the first screen of the prologue; answers the number of taps. */
export async function beginPrologue(who: TestPlayer, character: NewCharacter): Promise<number> {
  who.say('/start');
  await who.tap(withAction('lobby.new'));
  await who.client.waitFor((chat) => chat.messages.at(-1)?.text.includes('✏️'));
  who.say(character.name);
  await who.tap(withAction(`onboarding.gender||${character.gender ?? 'female'}`));
  await who.tap(withAction(`onboarding.archetype||${character.archetype ?? 'warrior'}`));
  await who.tap(withAction('onboarding.confirm'));
  await screenWith(who, 'story.choose');
  return 4;
}

/** Takes a choice by its place on the screen, and waits for what it leads to. */
export async function chooseInStory(who: TestPlayer, at: number): Promise<MessageView> {
  const before = await screenWith(who, 'story.choose');
  const keys = before.buttons.flat().filter(withAction('story.choose'));
  const data = keys[at]?.data ?? 'story.choose';
  await who.tap(withAction(data));
  return who.client.waitFor((chat) => {
    const screen = lastScreen(chat);
    return screen?.buttons.flat().some(withAction(data)) === false && screen;
  });
}
