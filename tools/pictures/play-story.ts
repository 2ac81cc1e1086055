import { type TestPlayer, lastScreen, newTestPlayer } from 'telegram-sandbox/testing';
import type { Language } from '../../resources/texts/index.ts';
import {
  exchangeOf,
  guardKey,
  leaveFight,
  makeMove,
  screenWith,
  strikeKey,
  withAction,
} from '../../tests/support/duel-steps.ts';
import { meetMonster, worldStep } from '../../tests/support/world-steps.ts';
import type { Game } from './open-game.ts';

/** Called at each screen, with the player whose screen it is. */
export type Look = (screen: string, player: TestPlayer) => Promise<void>;

const names: Readonly<Record<Language, readonly [string, string]>> = {
  en: ['Vera', 'Boris'],
  ru: ['Вера', 'Борис'],
};

export function addPlayers({ sandbox }: Game, language: Language): [TestPlayer, TestPlayer] {
  const [first, second] = names[language];
  const player = (name: string) => newTestPlayer(sandbox, name, language);
  return [player(first), player(second)];
}

/** Two newcomers, their first fights, and a duel between them, with a look at each screen. */
export async function playStory(
  [vera, boris]: [TestPlayer, TestPlayer],
  { game, look }: { game: Game; look: Look },
): Promise<void> {
  await makeCharacter(vera, { gender: 'female', archetype: 'duelist', look });
  await train(vera, look);
  await visitMenus(vera, look);
  await makeCharacter(boris, { gender: 'male', archetype: 'mystic', look: null });
  await leaveFight(boris);
  await vera.tap(withAction('arena.join'));
  await screenWith(vera, 'arena.cancel');
  game.clock.advance(7000);
  await look('search', vera);
  await boris.tap(withAction('arena.join'));
  await duel([vera, boris], { game, look });
}

interface Newcomer {
  readonly gender: 'male' | 'female';
  readonly archetype: string;
  readonly look: Look | null;
}

async function makeCharacter(who: TestPlayer, newcomer: Newcomer): Promise<void> {
  const { gender, archetype, look } = newcomer;
  who.say('/start');
  await screenWith(who, 'quick_start');
  await look?.('welcome', who);
  await who.tap(withAction('quick_start'));
  await who.tap(withAction(`onboarding.gender||${gender}`));
  await screenWith(who, 'onboarding.archetype');
  await look?.('archetypes', who);
  await who.tap(withAction(`onboarding.archetype||${archetype}`));
  await screenWith(who, 'onboarding.confirm');
  await look?.('confirmation', who);
  await who.tap(withAction('onboarding.confirm'));
  await screenWith(who, 'story.skip');
  await who.tap(withAction('story.skip'));
  await screenWith(who, 'battle.strike');
}

async function train(who: TestPlayer, look: Look): Promise<void> {
  await look('training', who);
  for (let round = 1; await isFighting(who, round); round += 1) {
    await makeMove(who, round);
    if (round === 3 && (await isFighting(who, round + 1))) await look('training-round', who);
  }
  await look('training-result', who);
}

async function visitMenus(who: TestPlayer, look: Look): Promise<void> {
  await who.tap(withAction('arena.menu'));
  await screenWith(who, 'character');
  await look('menu', who);
  await who.tap(withAction('character'));
  await screenWith(who, 'home');
  await look('character', who);
  await who.tap(withAction('home'));
  await walk(who, look);
  await who.tap(withAction('home'));
  await screenWith(who, 'help');
  await who.tap(withAction('help'));
  await screenWith(who, 'home');
  await look('help', who);
  await who.tap(withAction('home'));
  await who.tap(withAction('lobby'));
  await screenWith(who, 'lobby.enter');
  await look('lobby', who);
  await who.tap(withAction('lobby.enter'));
  await screenWith(who, 'arena.join');
}

/** Out of the village until a monster is in the way, and back again. */
async function walk(who: TestPlayer, look: Look): Promise<void> {
  await who.tap(withAction('world|'));
  await screenWith(who, 'world.go');
  await look('village', who);
  await meetMonster(who);
  await look('monster', who);
  await worldStep(who, /^world\.(avoid|run)\|/u);
  await look('wild', who);
  await worldStep(who, 'world.go||start_village');
}

async function duel(
  [vera, boris]: [TestPlayer, TestPlayer],
  { game, look }: { game: Game; look: Look },
): Promise<void> {
  for (const who of [vera, boris]) await isFighting(who, 1);
  await look('match', vera);
  await vera.tap(withAction('battle.strike||'));
  await look('strike', vera);
  await vera.tap(withAction(/^battle\.guard\|.*chest-belly/));
  await look('waiting', vera);
  await makeMove(boris, 1);
  for (let round = 2; await isFighting(vera, round); round += 1) {
    await isFighting(boris, round);
    if (round === 3) await look('round', vera);
    if (round === 4) breakEdits(game);
    const feint = round % 2 === 0 ? [withAction(/^battle\.technique\|.*feint$/)] : [];
    for (const key of [...feint, strikeKey(round), guardKey(round)]) {
      await vera.tap(key);
      // Calls are made in the same order in every run.
      await game.arena.idle();
    }
    if (round === 4) {
      await look('drawer', vera);
      // By the address that the page uses, so that it hears of it.
      await fetch(`${game.sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    }
    if (round % 3 === 0) await boris.tap(withAction(/^battle\.technique\|.*flame_blade$/));
    await makeMove(boris, round + 1);
  }
  await screenWith(boris, 'history.replay');
  await look('result', vera);
  await look('result-opponent', boris);
  await vera.tap(withAction('history.replay'));
  await screenWith(vera, 'history.replay');
  await look('replay', vera);
  await vera.tap(withAction('history.page'));
  await screenWith(vera, 'home');
  await look('history', vera);
}

/** Three edits fail, each in another way; a fault of new messages stays pending. */
function breakEdits({ sandbox: { faults } }: Game): void {
  faults.add({ method: 'editMessageText', kind: 'error', errorCode: 502 });
  faults.add({ method: 'editMessageText', kind: 'flood', retryAfterS: 1 });
  faults.add({ method: 'editMessageText', kind: 'reset', when: 'after' });
  faults.add({ method: 'sendMessage', kind: 'slow', delayMs: 1500, times: null });
}

/** Whether the fight goes on: resolves once this round, or the end of the fight, is shown. */
async function isFighting(who: TestPlayer, round: number): Promise<boolean> {
  const { now } = await who.client.waitFor((chat) => {
    const screen = lastScreen(chat);
    if (exchangeOf(screen) === round) return { now: true };
    return screen?.buttons.flat().some(withAction('history.replay')) === true && { now: false };
  }, 20_000);
  return now;
}
