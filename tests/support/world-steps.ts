import { type MessageView, type TestPlayer, lastScreen } from 'telegram-sandbox/testing';
import { screenWith, withAction } from './duel-steps.ts';

/** Of the journey, as the keys of the screen carry it; null: no screen of the world. */
function versionOn(screen: MessageView | null): number | null {
  const key = screen?.buttons.flat().find(withAction(/^world\.(go|fight)\|/u))?.data;
  return key == null ? null : Number(key.split('|').at(-1));
}

/** Taps a key of the world, and waits for what it leads to. */
export async function worldStep(who: TestPlayer, data: string | RegExp): Promise<MessageView> {
  const before = versionOn(who.client.lastScreen());
  await who.tap(withAction(data));
  return who.client.waitFor((chat) => {
    const screen = lastScreen(chat);
    const version = versionOn(screen);
    return version !== null && version !== before && screen;
  });
}

function offers(screen: MessageView | null, data: string): boolean {
  return screen?.buttons.flat().some(withAction(data)) === true;
}

/** From the village into the wood, and there until a monster is in the way. */
export async function meetMonster(who: TestPlayer): Promise<void> {
  let screen = who.client.lastScreen();
  const way = 'world.go||birch_wood';
  if (offers(screen, way)) screen = await worldStep(who, way);
  while (!offers(screen, 'world.fight')) screen = await worldStep(who, 'world.search');
}

export async function attackMonster(who: TestPlayer): Promise<void> {
  await meetMonster(who);
  await who.tap(withAction('world.fight'));
  await screenWith(who, 'battle.strike');
}
