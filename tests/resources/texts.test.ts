import { readFileSync, readdirSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { type TextKey, languages, texts } from '../../resources/texts/index.ts';

interface Piece {
  readonly type: number;
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Piece[] }>>;
}

const keys = Object.keys(texts.en) as TextKey[];
const tags = /<(\/?)([a-z-]+)[^>]*>/g;
/** Piece types of the message format. */
const PLURAL = 6;
const LITERAL = 0;
const POUND = 7;

function piecesOf(message: string, language: string): readonly Piece[] {
  return new IntlMessageFormat(message, language, {}, { ignoreTag: true }).getAst();
}

function placeholders(pieces: readonly Piece[]): Set<string> {
  const named = pieces.flatMap((piece) => [
    ...(piece.type === LITERAL || piece.type === POUND ? [] : [piece.value ?? '']),
    ...Object.values(piece.options ?? {}).flatMap((option) => [...placeholders(option.value)]),
  ]);
  return new Set(named);
}

function plurals(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece) => [
    ...(piece.type === PLURAL ? [piece] : []),
    ...Object.values(piece.options ?? {}).flatMap((option) => plurals(option.value)),
  ]);
}

describe.each(languages)('every text in %s', (language) => {
  test('exists and is not empty', () => {
    expect(Object.keys(texts[language]).sort()).toEqual([...keys].sort());
    expect(keys.filter((key) => texts[language][key].trim() === '')).toEqual([]);
  });

  test('has the same placeholders as in English', () => {
    const differing = keys.filter((key) => {
      const own = placeholders(piecesOf(texts[language][key], language));
      const english = placeholders(piecesOf(texts.en[key], 'en'));
      return [...own].sort().join() !== [...english].sort().join();
    });
    expect(differing).toEqual([]);
  });

  test('has every plural form of the language', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const lacking = keys.filter((key) =>
      plurals(piecesOf(texts[language][key], language)).some((plural) =>
        needed.some((category) => !Object.hasOwn(plural.options ?? {}, category)),
      ),
    );
    expect(lacking).toEqual([]);
  });

  test('has balanced tags, all of which Telegram supports', () => {
    const wrong = keys.filter((key) => {
      const open: string[] = [];
      for (const [, slash, name = ''] of texts[language][key].matchAll(tags)) {
        if (!['b', 'i', 'code', 'blockquote'].includes(name)) return true;
        if (slash === '') open.push(name);
        else if (open.pop() !== name) return true;
      }
      return open.length > 0;
    });
    expect(wrong).toEqual([]);
  });
});

test('no Russian text is left in English', () => {
  // Placeholders, tags and proper names do not count.
  const words = (message: string) => message.replaceAll(/\{[^}]*\}|<[^>]*>|GearScore|English/g, '');
  const same = keys.filter(
    (key) => texts.ru[key] === texts.en[key] && /[A-Za-z]{4,}/.test(words(texts.en[key])),
  );
  expect(same).toEqual([]);
});

test('every text is used', () => {
  const source = ['bot', 'domains', 'resources/scenarios']
    .flatMap((folder) => sources(folder))
    .join('\n');
  // Keys made of parts (`combat.zone.${zone}`) count as used by their fixed prefix.
  const built = [...source.matchAll(/[`']([a-z0-9_.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  const unused = keys.filter(
    (key) => !source.includes(`'${key}'`) && !built.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});

function sources(folder: string): string[] {
  const root = new URL(`../../${folder}/`, import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, root), 'utf8'));
}
