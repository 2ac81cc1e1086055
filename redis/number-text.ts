import { z } from 'zod';

/** Numbers as a hash, a string or a score of Redis gives them: text. */
export const numberText = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform(Number);

/** An id as our scripts write it: "7", never "07" or "7.0", which only read like it. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

/** Ids and times: whole, and exact as a number. */
export const integerText = numberText.refine(Number.isSafeInteger);

/** A user that is not known is kept as empty text: a hash has no null. */
export const userIdText = z.union([z.literal('').transform(() => null), integerText]);
