import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import { broadcastStates, deliveryStates } from '../domains/admin/broadcast-store.ts';
import { id, isJson, moment, oneOf } from './columns.ts';

/** Users who may not play, or whose battles are not rated. */
export const bans = pgTable(
  'bans',
  {
    user_id: id().primaryKey(),
    /** null: for ever. */
    until: moment(),
    /** As the operator typed it; the user reads it. */
    reason: text().notNull(),
    rated_only: boolean().notNull().default(false),
    /** The operator; null: it was restored for a user who came back after an erasure. */
    by: id(),
    created_at: moment().notNull(),
  },
  () => [check('bans_end_after_start', sql`until > created_at`)],
);

/** What operators have done. Rows stay; an erasure takes the user out of them. */
export const adminActions = pgTable(
  'admin_actions',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    /** The operator; 0: their data is erased. */
    admin: id().notNull(),
    action: text().notNull(),
    /** E.g. `user:<id>` or `battle:<id>`; null: none. */
    target: text(),
    details: jsonb().notNull(),
    at: moment().notNull(),
  },
  (table) => [
    index('admin_actions_of_target').on(table.target),
    check('admin_actions_details_object', isJson('details', 'object')),
  ],
);

export const broadcasts = pgTable(
  'broadcasts',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    message: text().notNull(),
    /** The operator; 0: their data is erased. */
    admin: id().notNull(),
    state: text({ enum: broadcastStates }).notNull(),
    /** Until then no process takes the next recipients. */
    leased_until: moment().notNull(),
    created_at: moment().notNull(),
  },
  (table) => [
    index('broadcasts_sending')
      .on(table.id)
      .where(sql`state = 'sending'`),
    check('broadcasts_state_known', oneOf('state', broadcastStates)),
  ],
);

export const broadcastRecipients = pgTable(
  'broadcast_recipients',
  {
    broadcast_id: id()
      .notNull()
      .references(() => broadcasts.id, { onDelete: 'cascade' }),
    user_id: id().notNull(),
    state: text({ enum: deliveryStates }).notNull(),
    attempts: smallint().notNull(),
    /** Until then no process sends it. */
    leased_until: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.broadcast_id, table.user_id] }),
    index('broadcast_recipients_pending')
      .on(table.broadcast_id, table.leased_until)
      .where(sql`state = 'pending'`),
    index('broadcast_recipients_user').on(table.user_id),
    check('broadcast_recipients_state_known', oneOf('state', deliveryStates)),
    check('broadcast_recipients_attempts_counted', sql`attempts >= 0`),
  ],
);

/** What players read once above their next menu. */
export const announcements = pgTable(
  'announcements',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    /** By language. */
    texts: jsonb().notNull(),
    /** The operator; 0: their data is erased. */
    admin: id().notNull(),
    /** Earlier if an operator has ended it. */
    until_at: moment().notNull(),
    created_at: moment().notNull(),
  },
  () => [
    check('announcements_texts_object', isJson('texts', 'object')),
    check('announcements_end_after_start', sql`until_at >= created_at`),
  ],
);

/** Who has been shown an announcement. Those of earlier ones are deleted with the start of the next one. */
export const announcementReaders = pgTable(
  'announcement_readers',
  {
    announcement_id: id()
      .notNull()
      .references(() => announcements.id, { onDelete: 'cascade' }),
    user_id: id().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.announcement_id, table.user_id] }),
    index('announcement_readers_user').on(table.user_id),
  ],
);
