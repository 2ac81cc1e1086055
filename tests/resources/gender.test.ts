import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { Translator } from '../../bot/translator.ts';
import { genderArg, text } from '../../domains/core/text.ts';
import { type TextKey, languages, texts } from '../../resources/texts/index.ts';
import { examples, exempt, formsOf } from './gendered-forms.ts';

const genders = ['male', 'female'] as const;
const otherOf = { male: 'female', female: 'male' } as const;
const keys = (Object.keys(texts.en) as TextKey[]).filter((key) => !exempt.includes(key));

/** The text with this gender; plurals get 2, everything else an X. */
function rendered(message: string, language: string, gender: string): string {
  const format = new IntlMessageFormat(message, language, {}, { ignoreTag: true });
  const names = [...message.matchAll(/\{(\w+)(, plural)?/g)];
  const args: Record<string, string | number> = {};
  for (const [, name = '', plural] of names) args[name] = plural === undefined ? 'X' : 2;
  return String(format.format({ ...args, gender }));
}

describe.each(languages)('every text in %s', (language) => {
  test.each(genders)('has no form of the other gender for a %s character', (gender) => {
    const wrong = keys.flatMap((key) => {
      const shown = rendered(texts[language][key], language, gender);
      return [...shown.matchAll(formsOf[language][otherOf[gender]])].map(
        ([form]) => `${key}: ${form}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  test('that selects a gender reads well without one', () => {
    const gendered = keys.filter((key) => texts[language][key].includes('{gender, select'));
    expect(gendered.length).toBeGreaterThan(0);
    for (const key of gendered)
      expect(rendered(texts[language][key], language, 'other')).not.toMatch(/^\s*$|\{|\}/);
  });
});

test.each([
  ['male', 'Ты готов?', '🪓 Воин'],
  ['female', 'Ты готова?', '🪓 Воительница'],
  [null, 'В бой?', '🪓 Воин'],
] as const)('the translator selects the texts of %s', (gender, ready, archetype) => {
  const russian = new Translator('ru', { clientTime: false });
  const arg = genderArg(gender);
  expect(russian.html(text('arena.menu.body', { gender: arg }))).toContain(ready);
  expect(russian.html(text('account.archetype.warrior.name', { gender: arg }))).toBe(archetype);
});

test.each(examples)(
  'the forms in $language find wrong words for a $gender character: $shown',
  ({ language, gender, shown, wrong }) => {
    expect(shown.match(formsOf[language][otherOf[gender]])).toEqual(wrong);
  },
);

test('text() does not compile without the gender that a text selects on', () => {
  // @ts-expect-error: the gender is missing.
  const written = text('account.archetype.warrior.name');
  expect(written.args).toBeUndefined();
});
