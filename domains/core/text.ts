import type { TextKey } from '../../resources/texts/index.ts';

export type { TextKey };

/** A point in time that the client itself counts down to, or from; `as: 'date'`: when it was. */
export interface Moment {
  readonly atMs: number;
  readonly as?: 'date';
}

/** A value with a maximum that is shown as a bar. */
export interface Gauge {
  readonly cur: number;
  readonly max: number;
}

/**
 * What fills a placeholder. Strings are what people typed: when rendered they are escaped, and cut
 * where they are longer than a name may be. A nested `Text` is rendered in the same language.
 */
export type TextArg = string | number | Text | Moment | Gauge;

/** A key of `resources/texts` with its arguments; `bot/` renders it in the reader's language. */
export interface Text {
  readonly key: TextKey;
  readonly args?: Readonly<Record<string, TextArg>>;
}

export function text(key: TextKey, args?: Readonly<Record<string, TextArg>>): Text {
  return args === undefined ? { key } : { key, args };
}
