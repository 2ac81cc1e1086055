import type { TextKey } from '../../resources/texts/index.ts';

export type { TextKey };

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

/** Strings are user input: the renderer escapes them and cuts them to the length of a name. */
export type TextArg = string | number | Text | Moment | Gauge;

/** A key of `resources/texts` with its arguments, rendered in the reader's language. */
export interface Text {
  readonly key: TextKey;
  readonly args?: Readonly<Record<string, TextArg>>;
}

export function text(key: TextKey, args?: Readonly<Record<string, TextArg>>): Text {
  return args === undefined ? { key } : { key, args };
}
