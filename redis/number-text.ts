import { z } from 'zod';

export const numberText = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform(Number);

/** An id as our scripts write it: "7", never "07" or "7.0". */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

export const integerText = numberText.refine(Number.isSafeInteger);

/** An unknown user is stored as empty text, since a hash has no null. */
export const userIdText = z.union([z.literal('').transform(() => null), integerText]);
