import type { Language, TextKey } from '../../resources/texts/index.ts';

type Gender = 'male' | 'female';

/** Words of Russian about a character in one gender, without their endings where these vary. */
const feminine = 'готова|должна|рада|жива|воительниц|дуэлянтк|стражниц|она исчезнет';
const masculine = 'готов|должен|рад|жив|воин|дуэлянт|страж|он исчезнет';

/** Past tenses of "you" or a character, such as победил and победила. The excepted words are none. */
const pastFeminine = '(?!с?начала)[а-яё]{2,}(?:[аеёиоуыя]ла|лась)';
const pastMasculine = '(?!пробел)[а-яё]{2,}(?:[аеёиоуыя]л|лся)';

/** Whole words that a text for a character of the other gender must not have. */
export const formsOf: Readonly<Record<Language, Readonly<Record<Gender, RegExp>>>> = {
  en: {
    male: words('he|him|his|himself'),
    female: words('she|her|hers|herself'),
  },
  ru: {
    male: words(`${masculine}|воин(?:а|у|ом)|дуэлянт(?:а|у|ом)|страж(?:а|у|ем)|${pastMasculine}`),
    female: words(`(?:${feminine})[а-яё]*|${pastFeminine}`),
  },
};

/** Texts that name both genders, or whose form belongs to a noun: the duel was lost. */
export const exempt: readonly TextKey[] = [
  'admin.balance.how',
  'account.gender.title',
  'account.gender.male',
  'account.gender.female',
  'battle.notice.lost',
  'account.help.turn',
  'battle.hint.guard.head-chest',
  'battle.hint.guard.chest-belly',
  'battle.hint.guard.belly-legs',
  'battle.result.decided',
  'battle.result.next.clock',
  'combat.outcome.prevented',
  'monster.titan_guard.name',
  'world.button.boss',
  // An abbreviation.
  'combat.brief.belly',
];

interface Example {
  readonly language: Language;
  readonly gender: Gender;
  readonly shown: string;
  readonly wrong: readonly string[];
}

export const examples: readonly Example[] = [
  {
    language: 'ru',
    gender: 'female',
    shown: 'Ты готов? Воин победил, экран сменился.',
    wrong: ['готов', 'Воин', 'победил', 'сменился'],
  },
  {
    language: 'ru',
    gender: 'male',
    shown: 'Ты готова? Дуэлянтка победила, стражницу ждут.',
    wrong: ['готова', 'Дуэлянтка', 'победила', 'стражницу'],
  },
  { language: 'en', gender: 'female', shown: 'He wins his duel.', wrong: ['He', 'his'] },
  { language: 'en', gender: 'male', shown: 'She wins her duel.', wrong: ['She', 'her'] },
];

function words(forms: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${forms})(?!\\p{L})`, 'giu');
}
