import { z } from 'zod';

/** Numbers as a hash, a string or a score of Redis gives them: text. */
export const numberText = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform(Number);

/** Ids and times: whole, and exact as a number. */
export const integerText = numberText.refine(Number.isSafeInteger);
