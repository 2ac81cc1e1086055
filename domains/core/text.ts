import type { GenderedKey, TextKey as AnyKey } from '../../resources/texts/index.ts';

/** A text that reads the same for every character. */
export type TextKey = Exclude<AnyKey, GenderedKey>;

/** A point in time that the client counts down to or up from; `as: 'date'` shows it as a date. */
export interface Moment {
  readonly atMs: number;
  readonly as?: 'date';
}

/** A value with a maximum that is shown as a bar. */
export interface Gauge {
  readonly cur: number;
  readonly max: number;
}

/** What a text selects on; `other`: the gender is not known. Never shown. */
export interface GenderArg {
  readonly select: 'male' | 'female' | 'other';
}

/** User input of any length, such as a reason. */
export interface Quote {
  readonly quoted: string;
}

/** Strings are user input: the renderer escapes them and cuts them to the length of a name. */
export type TextArg = string | number | Text | Moment | Gauge | GenderArg | Quote;

type Args = Readonly<Record<string, TextArg>>;

/** A key of `resources/texts` with its arguments, rendered in the reader's language. */
export interface Text {
  readonly key: AnyKey;
  readonly args?: Args;
}

/** Texts that depend on a character's gender need it as an argument. */
export function text(key: TextKey, args?: Args): Text;
export function text(key: AnyKey, args: Args & { readonly gender: GenderArg }): Text;
export function text(key: AnyKey, args?: Args): Text {
  return args === undefined ? { key } : { key, args };
}

export function genderArg(gender: 'male' | 'female' | null): GenderArg {
  return { select: gender ?? 'other' };
}
