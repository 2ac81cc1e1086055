import { NAME_CODE_POINTS, NAME_LETTERS } from '../../resources/numbers/account.ts';
import { inOneSystem } from './writing-systems.ts';

export { nameKey } from './name-key.ts';

/** Why a name cannot be had. */
export const nameProblems = [
  'too_short',
  'too_long',
  'bad_characters',
  'bad_separators',
  'too_many_marks',
  'too_many_signs',
  'mixed_scripts',
] as const;
export type NameProblem = (typeof nameProblems)[number];

export type NameReply =
  | { readonly kind: 'ok'; readonly name: string }
  | { readonly kind: 'refused'; readonly reason: NameProblem };

/** What may be typed: letters with their marks, and whatever normalises to a space or a hyphen. */
const typable = /^[\p{L}\p{M}\p{Zs}\-‐‑﹣-]*$/u;
const written = /^[\p{L}\p{M} -]*$/u;
/**
 * Letters and marks by category that nobody reads as such: invisible fillers and selectors,
 * enclosing marks, strokes that only stretch a word, and signs such as ʼ that no alphabet calls its
 * own (kana do share their long vowel mark).
 */
const unread =
  /[\p{Default_Ignorable_Code_Point}\p{Me}\u07FA]|(?=\p{L})(?!\p{Script_Extensions=Katakana})\p{Script=Common}/u;
const loneMark = /(?:^|[ -])\p{M}/u;
const separated = /^[^ -]+(?:[ -][^ -]+)*$/u;
/** Burmese writes five marks on one consonant; accents of no script come in twos at the most. */
const heaped = /\p{M}{6}|(?:(?=\p{M})\p{Script=Inherited}){3}/u;
/** Prolonged sound marks and the like: letters that need another one to make a word. */
const lean = /^(?:\p{Script=Common}|\p{M})*$/u;

/** No name takes as many UTF-16 units; counting the graphemes of a novel takes long. */
const NAME_UNITS = 256;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Whether a character may be called so: letters of one writing system, single spaces and hyphens
 * between them. Answers the name as it is to be kept. Separators do not count as letters; short
 * is judged by letters (one Devanagari grapheme may hold several), long by graphemes, which is
 * what one sees, and by code points, of which one grapheme may hold any number.
 */
export function checkName(raw: string): NameReply {
  const typed = raw.trim();
  if (!typable.test(typed)) return refused('bad_characters');
  const name = normalised(typed);
  const reason = problemOf(name);
  return reason === null ? { kind: 'ok', name } : refused(reason);
}

function refused(reason: NameProblem): NameReply {
  return { kind: 'refused', reason };
}

/**
 * Compatibility forms (full-width, mathematical, ligatures) as plain letters. Thai and Lao am stay
 * whole: taken apart they are drawn in the wrong order.
 */
function normalised(typed: string): string {
  return typed
    .replaceAll(/[^\u0E33\u0EB3]+/gu, (part) => part.normalize('NFKC'))
    .normalize('NFC')
    .replaceAll('\u2010', '-');
}

function problemOf(name: string): NameProblem | null {
  if (name === '') return 'too_short';
  if (name.length > NAME_UNITS) return 'too_long';
  if (!written.test(name) || unread.test(name) || loneMark.test(name)) return 'bad_characters';
  if (!separated.test(name)) return 'bad_separators';
  if (lean.test(name.replaceAll(/[ -]/g, ''))) return 'bad_characters';
  if (heaped.test(name)) return 'too_many_marks';
  return lengthProblem(name) ?? (inOneSystem(Array.from(name)) ? null : 'mixed_scripts');
}

function lengthProblem(name: string): NameProblem | null {
  const letters = name.match(/\p{L}/gu) ?? [];
  if (letters.length < NAME_LETTERS.min) return 'too_short';
  const seen = [...graphemes.segment(name)].filter(({ segment }) => !/^[ -]/.test(segment));
  if (seen.length > NAME_LETTERS.max) return 'too_long';
  return Array.from(name).length > NAME_CODE_POINTS ? 'too_many_signs' : null;
}
