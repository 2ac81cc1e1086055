import { admin as adminEn } from './en/admin.ts';
import { admin as adminRu } from './ru/admin.ts';
import { account as accountEn } from './en/account.ts';
import { account as accountRu } from './ru/account.ts';
import { arena as arenaEn } from './en/arena.ts';
import { arena as arenaRu } from './ru/arena.ts';
import { bag as bagEn } from './en/bag.ts';
import { bag as bagRu } from './ru/bag.ts';
import { battle as battleEn } from './en/battle.ts';
import { battle as battleRu } from './ru/battle.ts';
import { bot as botEn } from './en/bot.ts';
import { bot as botRu } from './ru/bot.ts';
import { combat as combatEn } from './en/combat.ts';
import { combat as combatRu } from './ru/combat.ts';
import { history as historyEn } from './en/history.ts';
import { history as historyRu } from './ru/history.ts';
import { monsters as monstersEn } from './en/monsters.ts';
import { monsters as monstersRu } from './ru/monsters.ts';
import { privacy as privacyEn } from './en/privacy.ts';
import { privacy as privacyRu } from './ru/privacy.ts';
import { ladder as ladderEn } from './en/ladder.ts';
import { ladder as ladderRu } from './ru/ladder.ts';
import { profile as profileEn } from './en/profile.ts';
import { profile as profileRu } from './ru/profile.ts';
import { skills as skillsEn } from './en/skills.ts';
import { skills as skillsRu } from './ru/skills.ts';
import { world as worldEn } from './en/world.ts';
import { world as worldRu } from './ru/world.ts';
import { story as storyEn } from './en/story.ts';
import { story as storyRu } from './ru/story.ts';
import { storyPrologue as storyPrologueEn } from './en/story-prologue.ts';
import { storyPrologue as storyPrologueRu } from './ru/story-prologue.ts';
import { storyMill as storyMillEn } from './en/story-mill.ts';
import { storyMill as storyMillRu } from './ru/story-mill.ts';
import { storyChapel as storyChapelEn } from './en/story-chapel.ts';
import { storyChapel as storyChapelRu } from './ru/story-chapel.ts';

/** Texts are ICU messages in Telegram's HTML; `ru` must have exactly the keys of `en`. */
const en = {
  ...accountEn,
  ...adminEn,
  ...arenaEn,
  ...bagEn,
  ...battleEn,
  ...combatEn,
  ...historyEn,
  ...monstersEn,
  ...privacyEn,
  ...ladderEn,
  ...profileEn,
  ...skillsEn,
  ...worldEn,
  ...storyEn,
  ...storyPrologueEn,
  ...storyMillEn,
  ...storyChapelEn,
  ...botEn,
} as const;

export type TextKey = keyof typeof en;
/** Texts that select on a character's gender. */
export type GenderedKey = {
  [K in TextKey]: (typeof en)[K] extends `${string}{gender, select,${string}` ? K : never;
}[TextKey];
export const languages = ['ru', 'en'] as const;
export type Language = (typeof languages)[number];

export const texts: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = {
  en,
  ru: {
    ...accountRu,
    ...adminRu,
    ...arenaRu,
    ...bagRu,
    ...battleRu,
    ...combatRu,
    ...historyRu,
    ...monstersRu,
    ...privacyRu,
    ...ladderRu,
    ...profileRu,
    ...skillsRu,
    ...worldRu,
    ...storyRu,
    ...storyPrologueRu,
    ...storyMillRu,
    ...storyChapelRu,
    ...botRu,
  },
};
