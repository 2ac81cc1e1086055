import { NAME_CODE_POINTS, NAME_LETTERS } from '../../resources/numbers/account.ts';
import { inOneSystem } from './writing-systems.ts';

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

/** Letters, marks, and all that is normalised to a space or a hyphen. */
const typedCharacters = /^[\p{L}\p{M}\p{Zs}\-‐‑﹣-]*$/u;
const nameCharacters = /^[\p{L}\p{M} -]*$/u;
/**
 * Unicode counts these as letters or marks, readers do not: invisible fillers and selectors, enclosing
 * marks, stretching strokes, and signs without a script such as ʼ (except the long vowel mark of kana).
 */
const unreadable =
  /[\p{Default_Ignorable_Code_Point}\p{Me}\u07FA]|(?=\p{L})(?!\p{Script_Extensions=Katakana})\p{Script=Common}/u;
const loneMark = /(?:^|[ -])\p{M}/u;
const singlySeparated = /^[^ -]+(?:[ -][^ -]+)*$/u;
/** Burmese puts up to five marks on a consonant; no script puts more than two accents on a letter. */
const tooManyMarks = /\p{M}{6}|(?:(?=\p{M})\p{Script=Inherited}){3}/u;
/** Letters such as prolonged sound marks, which are no name by themselves. */
const marksOnly = /^(?:\p{Script=Common}|\p{M})*$/u;

/** Signs within a word; all others separate words. */
const dropped = /[\p{Nd}\p{Default_Ignorable_Code_Point}\p{Me}'’]/gu;

/** UTF-16 units; a cheap bound, since segmenting a long text into graphemes is slow. */
const MAX_NAME_UNITS = 256;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Returns the normalised name. The minimum length counts letters (one Devanagari grapheme may have
 * several), the maximum counts graphemes without separators, and code points, since a grapheme may have
 * any number of them.
 */
export function checkName(raw: string): NameReply {
  const typed = raw.trim();
  if (!typedCharacters.test(typed)) return refused('bad_characters');
  const name = normalise(typed);
  const reason = problemOf(name);
  return reason === null ? { kind: 'ok', name } : refused(reason);
}

/** A name made of a first name in Telegram: without signs, or its first word; null if neither fits. */
export function nameFrom(firstName: string): string | null {
  const letters = firstName.replaceAll(dropped, '').replaceAll(/[^\p{L}\p{M}-]+/gu, ' ');
  const words = letters.split(/ -*|-* /).filter((word) => word !== '');
  for (const one of [words.join(' '), words[0] ?? '']) {
    const checked = checkName(one);
    if (checked.kind === 'ok') return checked.name;
  }
  return null;
}

function refused(reason: NameProblem): NameReply {
  return { kind: 'refused', reason };
}

/** NFKC except for Thai and Lao am, which are drawn in the wrong order when decomposed. */
function normalise(typed: string): string {
  return typed
    .replaceAll(/[^\u0E33\u0EB3]+/gu, (part) => part.normalize('NFKC'))
    .normalize('NFC')
    .replaceAll('\u2010', '-');
}

function problemOf(name: string): NameProblem | null {
  if (name === '') return 'too_short';
  if (name.length > MAX_NAME_UNITS) return 'too_long';
  if (!nameCharacters.test(name) || unreadable.test(name) || loneMark.test(name))
    return 'bad_characters';
  if (!singlySeparated.test(name)) return 'bad_separators';
  if (marksOnly.test(name.replaceAll(/[ -]/g, ''))) return 'bad_characters';
  if (tooManyMarks.test(name)) return 'too_many_marks';
  return lengthProblem(name) ?? (inOneSystem(Array.from(name)) ? null : 'mixed_scripts');
}

function lengthProblem(name: string): NameProblem | null {
  const letters = name.match(/\p{L}/gu) ?? [];
  if (letters.length < NAME_LETTERS.min) return 'too_short';
  const visible = [...graphemes.segment(name)].filter(({ segment }) => !/^[ -]/.test(segment));
  if (visible.length > NAME_LETTERS.max) return 'too_long';
  return Array.from(name).length > NAME_CODE_POINTS ? 'too_many_signs' : null;
}
