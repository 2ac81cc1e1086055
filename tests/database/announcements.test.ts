import { expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import {
  adminActions,
  announcementReaders,
  announcements as stored,
} from '../../database/schema-admin.ts';
import { users } from '../../database/schema.ts';
import { FixedClock } from '../support/clock.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { silentLog } from '../support/silent-log.ts';

const DAY_MS = 86_400_000;
const ADMIN = 9;
const [ANN, BOB] = [1001, 1002] as const;
const texts = { en: 'New rules', ru: 'Новые правила' };

async function setUp({ db }: DatabaseUnderTest) {
  const clock = new FixedClock();
  const { announcements, userData } = repositoriesOn(db, silentLog, clock);
  await db.insert(users).values([{ id: ADMIN }, { id: ANN }, { id: BOB }]);
  const start = () =>
    announcements.start({ admin: ADMIN, texts, untilMs: clock.now() + 3 * DAY_MS });
  return { announcements, userData, db, clock, start };
}

describeOnEachDatabase('announcements', (database) => {
  test('one lasts until its end, and is stored with the action of the operator', async () => {
    const { announcements, db, clock, start } = await setUp(database());
    expect(await announcements.present()).toBeNull();
    await start();
    const untilMs = clock.now() + 3 * DAY_MS;
    expect(await announcements.present()).toEqual({ id: 1, texts, untilMs });
    expect(await db.select().from(adminActions)).toMatchObject([
      { admin: ADMIN, action: 'announce', target: 'announcement:1', details: { texts, untilMs } },
    ]);
    clock.advance(3 * DAY_MS);
    expect(await announcements.present()).toBeNull();
  });

  test('a user reads one once, and is counted; nobody reads one that is over', async () => {
    const { announcements, clock, start } = await setUp(database());
    await start();
    expect(await announcements.markRead(1, ANN)).toBe(true);
    expect(await announcements.markRead(1, ANN)).toBe(false);
    expect(await announcements.countReaders(1)).toBe(1);
    clock.advance(3 * DAY_MS);
    expect(await announcements.markRead(1, BOB)).toBe(false);
  });

  test('the next one ends the present one and forgets who has read it', async () => {
    const { announcements, db, start } = await setUp(database());
    await start();
    await announcements.markRead(1, ANN);
    await start();
    expect(await announcements.present()).toMatchObject({ id: 2 });
    expect(await announcements.markRead(1, BOB)).toBe(false);
    expect(await db.$count(announcementReaders)).toBe(0);
    expect(await announcements.markRead(2, ANN)).toBe(true);
  });

  test('an operator ends one early, once', async () => {
    const { announcements, db, start } = await setUp(database());
    await start();
    expect(await announcements.end(ADMIN, 1)).toBe(true);
    expect(await announcements.end(ADMIN, 1)).toBe(false);
    expect(await announcements.present()).toBeNull();
    const actions = await db.select().from(adminActions);
    expect(actions.map(({ action }) => action)).toEqual(['announce', 'announce_end']);
  });

  test('an erasure takes out who has read one, and which operator wrote it', async () => {
    const { announcements, userData, db, start } = await setUp(database());
    await start();
    await announcements.markRead(1, ANN);
    await userData.erase(ANN);
    await userData.erase(ADMIN);
    expect(await announcements.countReaders(1)).toBe(0);
    expect(await announcements.markRead(1, ANN)).toBe(false);
    expect(await db.select().from(stored)).toMatchObject([{ admin: 0 }]);
  });
});
