import { expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { adminActions } from '../../database/schema-admin.ts';
import { flags } from '../../database/schema-fair-play.ts';
import { users } from '../../database/schema.ts';
import { FLAGS_ON_A_PAGE } from '../../domains/admin/flag-store.ts';
import { FixedClock } from '../support/clock.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { silentLog } from '../support/silent-log.ts';

const ADMIN = 9;
const [ANN, BOB, CAT] = [1001, 1002, 1003] as const;

async function setUp({ db }: DatabaseUnderTest) {
  const clock = new FixedClock();
  const { flagReview, userData, users: repository } = repositoriesOn(db, silentLog, clock);
  await db.insert(users).values([
    { id: ADMIN, first_name: 'Operator' },
    { id: ANN, first_name: 'Ann' },
    { id: BOB, first_name: 'Bob' },
  ]);
  /** Number `n`, of Ann and another user. */
  const flag = async (n: number, other: number = BOB) => {
    const [made] = await db
      .insert(flags)
      .values({
        kind: 'pair_share',
        user_id: ANN,
        other_user_id: other,
        evidence: { wins: n, of_wins: 10 },
        created_at: new Date(n),
      })
      .returning({ id: flags.id });
    return made?.id ?? 0;
  };
  return { flagReview, userData, repository, db, clock, flag };
}

describeOnEachDatabase('the review of flags', (database) => {
  test('has the oldest open flags with both users, and how many there are', async () => {
    const { flagReview, flag } = await setUp(database());
    await flag(2, CAT);
    const first = await flag(1);
    expect(await flagReview.open()).toMatchObject({
      count: 2,
      flags: [
        {
          id: first,
          kind: 'pair_share',
          atMs: 1,
          isReviewed: false,
          user: { userId: ANN, firstName: 'Ann' },
          other: { userId: BOB, firstName: 'Bob' },
          evidence: { wins: 1, of_wins: 10 },
        },
        { other: { userId: CAT, firstName: null } },
      ],
    });
    for (let n = 3; n < 3 + FLAGS_ON_A_PAGE; n += 1) await flag(n, CAT + n);
    const all = await flagReview.open();
    expect(all.count).toBe(2 + FLAGS_ON_A_PAGE);
    expect(all.flags).toHaveLength(FLAGS_ON_A_PAGE);
  });

  test('marks a flag as reviewed once, with the action of the operator, and keeps it on both cards', async () => {
    const { flagReview, flag, db, clock } = await setUp(database());
    const id = await flag(1);
    expect(await flagReview.close(ADMIN, id)).toBe(true);
    expect(await flagReview.close(ADMIN + 1, id)).toBe(false);
    expect(await flagReview.close(ADMIN, id + 1)).toBe(false);
    expect(await db.select().from(flags)).toMatchObject([
      { closed_by: ADMIN, closed_at: new Date(clock.now()) },
    ]);
    expect(await db.select().from(adminActions)).toMatchObject([
      { admin: ADMIN, action: 'review', target: `flag:${id}`, details: { kind: 'pair_share' } },
    ]);
    expect(await flagReview.open()).toEqual({ flags: [], count: 0 });
    for (const userId of [ANN, BOB])
      expect(await flagReview.flagsOf(userId)).toMatchObject([{ id, isReviewed: true }]);
    expect(await flagReview.flagsOf(CAT)).toEqual([]);
  });

  test('stays without the operator whose data is erased', async () => {
    const { flagReview, userData, flag, db } = await setUp(database());
    await flagReview.close(ADMIN, await flag(1));
    await userData.erase(ADMIN);
    expect(await db.select().from(flags)).toMatchObject([{ closed_by: 0 }]);
  });
});
