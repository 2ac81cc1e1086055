import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { restoreKept } from './kept.ts';
import { users } from './schema.ts';

type NewUser = typeof users.$inferInsert;
type Upsert = Parameters<
  ReturnType<ReturnType<Database['insert']>['values']>['onConflictDoUpdate']
>[0];

/** Inserts or changes the user's row; a new one gets what was kept of an erased one. */
export async function addUser(
  db: Database,
  user: NewUser,
  change: Pick<Upsert, 'set' | 'setWhere'>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [written] = await tx
      .insert(users)
      .values(user)
      .onConflictDoUpdate({ target: users.id, ...change })
      // Of a row that was there, the transaction that changed it.
      .returning({ isNew: sql<boolean>`xmax = 0` });
    if (written?.isNew === true) await restoreKept(tx, user.id);
  });
}

/** Creates the user's row if it is missing, and locks it until the transaction ends. */
export async function lockUser(tx: Database, userId: number): Promise<void> {
  const made = await tx
    .insert(users)
    .values({ id: userId })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (made.length > 0) await restoreKept(tx, userId);
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
}
