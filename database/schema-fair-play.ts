import { pgTable } from 'drizzle-orm/pg-core';
import { id, moment } from './columns.ts';

/** Users who left rated battles; the latest pause of each. No foreign key, which would lock the user's row. */
export const leaverPauses = pgTable('leaver_pauses', {
  user_id: id().primaryKey(),
  until_at: moment().notNull(),
});
