import type { Kept } from '../domains/privacy/kept.ts';
import type { Database } from './database.ts';

/** One thing that an erasure must not launder. */
export interface KeptPart {
  /** Before the user's rows are deleted. `kept`: of an earlier erasure; what is answered replaces it. */
  collect(tx: Database, userId: number, kept: Kept): Promise<Partial<Kept>>;
  /** When the user's row exists again; answers what has to be kept further. */
  restore(tx: Database, userId: number, kept: Kept): Promise<Kept>;
}
