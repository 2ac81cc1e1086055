import { and, desc, eq, gt, ne } from 'drizzle-orm';
import {
  type Announcement,
  type AnnouncementStore,
  type NewAnnouncement,
  announcementTextsSchema,
} from '../domains/admin/announcement-store.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Database } from './database.ts';
import { adminActions, announcementReaders, announcements } from './schema-admin.ts';
import { users } from './schema.ts';

const { announcement_id } = announcementReaders;

export class SqlAnnouncements implements AnnouncementStore {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  async present(): Promise<Announcement | null> {
    const [row] = await this.#db
      .select()
      .from(announcements)
      .where(this.#isOn())
      .orderBy(desc(announcements.id))
      .limit(1);
    if (row === undefined) return null;
    const texts = announcementTextsSchema.parse(row.texts);
    return { id: row.id, texts, untilMs: row.until_at.getTime() };
  }

  async countReaders(id: number): Promise<number> {
    return this.#db.$count(announcementReaders, eq(announcement_id, id));
  }

  async start({ admin, texts, untilMs }: NewAnnouncement): Promise<void> {
    const now = this.#now();
    await this.#db.transaction(async (tx) => {
      await tx.update(announcements).set({ until_at: now }).where(this.#isOn());
      const row = { texts, admin, until_at: new Date(untilMs), created_at: now };
      const [made] = await tx.insert(announcements).values(row).returning({ id: announcements.id });
      if (made === undefined) throw new Error('an insert answers its row');
      await tx.delete(announcementReaders).where(ne(announcement_id, made.id));
      const what = { action: 'announce', target: `announcement:${made.id}` };
      await tx
        .insert(adminActions)
        .values({ admin, ...what, details: { texts, untilMs }, at: now });
    });
  }

  async end(admin: number, id: number): Promise<boolean> {
    const at = this.#now();
    return this.#db.transaction(async (tx) => {
      const ended = await tx
        .update(announcements)
        .set({ until_at: at })
        .where(and(eq(announcements.id, id), this.#isOn()))
        .returning({ id: announcements.id });
      if (ended.length === 0) return false;
      const what = { action: 'announce_end', target: `announcement:${id}`, details: {} };
      await tx.insert(adminActions).values({ admin, ...what, at });
      return true;
    });
  }

  async markRead(id: number, userId: number): Promise<boolean> {
    // An announcement that a process still knows may be over, and the user erased.
    const known = this.#db
      .select({ announcement_id: announcements.id, user_id: users.id })
      .from(announcements)
      .innerJoin(users, eq(users.id, userId))
      .where(and(eq(announcements.id, id), this.#isOn()));
    const marked = await this.#db
      .insert(announcementReaders)
      .select(known)
      .onConflictDoNothing()
      .returning({ id: announcement_id });
    return marked.length > 0;
  }

  #isOn() {
    return gt(announcements.until_at, this.#now());
  }

  #now(): Date {
    return new Date(this.#clock.now());
  }
}
