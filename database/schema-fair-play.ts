import { sql } from 'drizzle-orm';
import { bigserial, check, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { flagKinds } from '../domains/rating/boosting-review.ts';
import { id, isJson, moment, oneOf } from './columns.ts';

/** Users who left rated battles; the latest pause of each. No foreign key, which would lock the user's row. */
export const leaverPauses = pgTable('leaver_pauses', {
  user_id: id().primaryKey(),
  until_at: moment().notNull(),
});

/** What an operator should look at; see `Flag`. */
export const flags = pgTable(
  'flags',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    kind: text({ enum: flagKinds }).notNull(),
    user_id: id().notNull(),
    other_user_id: id().notNull(),
    evidence: jsonb().notNull(),
    created_at: moment().notNull().defaultNow(),
    /** null: nobody has looked at it. */
    closed_at: moment(),
    /** The operator; 0: their data is erased. */
    closed_by: id(),
  },
  (table) => [
    uniqueIndex('flags_open')
      .on(table.kind, table.user_id, table.other_user_id)
      .where(sql`closed_at is null`),
    check('flags_kind_known', oneOf('kind', flagKinds)),
    check('flags_evidence_object', isJson('evidence', 'object')),
    check('flags_of_two', sql`user_id <> other_user_id`),
    check('flags_closed_by_somebody', sql`(closed_at is null) = (closed_by is null)`),
  ],
);
