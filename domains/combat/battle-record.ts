import { z } from 'zod';

/** Replaced by the whole record as the engine lands; stores rely on `id` and `version` only. */
export const battleRecordSchema = z.looseObject({
  id: z.string(),
  /** Grows by one with every swap; the first is 1. */
  version: z.int().positive(),
});
export type BattleRecord = z.infer<typeof battleRecordSchema>;
