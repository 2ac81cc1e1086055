import { expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { adminActions } from '../../database/schema-admin.ts';
import { users } from '../../database/schema.ts';
import { Broadcaster } from '../../domains/admin/broadcaster.ts';
import type { BulkOutcome } from '../../domains/core/messenger.ts';
import { BROADCAST_LEASE_MS, BROADCAST_STEP_MS } from '../../resources/numbers/admin.ts';
import { FixedClock } from '../support/clock.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { openSomeRepositories } from '../support/durable-arena.ts';
import { repetitions } from '../support/repetitions.ts';
import { silentLog } from '../support/silent-log.ts';

const USERS = repetitions({ short: 500, full: 5_000 });
const everybody = { language: null, activeDays: null };

async function setUp({ db }: Pick<DatabaseUnderTest, 'db'>, count: number) {
  const clock = new FixedClock();
  const { broadcasts } = repositoriesOn(db, silentLog, clock);
  const ids = Array.from({ length: count }, (_, at) => at + 1);
  const language = (id: number) => (id % 2 === 0 ? 'en' : 'ru');
  await db.insert(users).values(ids.map((id) => ({ id, language: language(id) })));
  const got = new Map<number, number>();
  /** A process that sends; `outcomeOf`: what Telegram answers. */
  const open = (outcomeOf: (userId: number) => Promise<BulkOutcome> | BulkOutcome) =>
    new Broadcaster({
      store: broadcasts,
      clock,
      log: silentLog,
      messenger: {
        sendBulk: async (userId) => {
          got.set(userId, (got.get(userId) ?? 0) + 1);
          return outcomeOf(userId);
        },
      },
    });
  const start = (segment: { language: string | null; activeDays: number | null } = everybody) =>
    broadcasts.start({ admin: 9, message: 'News', segment });
  /** Steps until nothing is left, a step a second. */
  const finish = async (process: Broadcaster) => {
    for (let step = 0; step < count; step += 1) {
      const before = got.size;
      clock.advance(BROADCAST_STEP_MS);
      await process.work();
      if (got.size === before) return;
    }
  };
  return { broadcasts, db, clock, got, ids, open, start, finish };
}

describeOnEachDatabase('a broadcast', (database) => {
  test('goes on in another process after a lease with recipients that were not sent', async () => {
    const { broadcasts, clock, got, open, start, finish } = await setUp(database(), 30);
    await start();
    expect((await broadcasts.lease(20, BROADCAST_STEP_MS))?.userIds).toHaveLength(20);
    await finish(open(() => 'sent'));
    expect(got.size).toBe(10);
    clock.advance(BROADCAST_LEASE_MS);
    await finish(open(() => 'sent'));
    expect(got.size).toBe(30);
    expect((await broadcasts.latest())?.state).toBe('done');
  });

  test('leaves at most 20 a second from all processes together', async () => {
    const { clock, got, open, start } = await setUp(database(), 100);
    await start();
    const processes = [1, 2, 3].map(() => open(() => 'sent'));
    for (const one of processes) await one.work();
    expect(got.size).toBe(20);
    clock.advance(BROADCAST_STEP_MS - 1);
    for (const one of processes) await one.work();
    expect(got.size).toBe(20);
    clock.advance(1);
    await Promise.all(processes.map((one) => one.work()));
    expect(got.size).toBe(40);
  });

  test('sends again what did not reach Telegram, three times at most', async () => {
    const { broadcasts, clock, got, open, start } = await setUp(database(), 1);
    await start();
    const process = open(() => 'unsent');
    for (let minute = 0; minute < 5; minute += 1) {
      await process.work();
      clock.advance(60_000);
    }
    expect(got.get(1)).toBe(3);
    expect(await broadcasts.latest()).toMatchObject({ state: 'done', counts: { failed: 1 } });
  });

  test('goes to its segment, ends when it is cancelled, and both are stored as actions', async () => {
    const { broadcasts, clock, db, got, open, start } = await setUp(database(), 100);
    const segment = { language: 'en', activeDays: null };
    expect(await broadcasts.count(segment)).toBe(50);
    expect(await broadcasts.count({ language: null, activeDays: 7 })).toBe(0);
    const id = await start(segment);
    const process = open(() => 'sent');
    await process.work();
    expect([...got.keys()].every((userId) => userId % 2 === 0)).toBe(true);
    expect(await broadcasts.cancel(9, id)).toBe(true);
    expect(await broadcasts.cancel(9, id)).toBe(false);
    clock.advance(BROADCAST_STEP_MS);
    await process.work();
    expect(got.size).toBe(20);
    expect(await broadcasts.latest()).toMatchObject({
      state: 'cancelled',
      counts: { pending: 30 },
    });
    const actions = await db.select().from(adminActions).orderBy(adminActions.id);
    expect(actions.map(({ action }) => action)).toEqual(['broadcast', 'broadcast_cancel']);
  });
});

/** On one database: it takes a statement for each. */
test(`a broadcast to ${USERS} users with 3 % who have blocked the bot and a process that is killed, reaches each user once`, async () => {
  const { db } = await openSomeRepositories();
  const { broadcasts, clock, got, ids, open, start, finish } = await setUp({ db }, USERS);
  const hasBlocked = (id: number) => id % 100 < 3;
  const answer = (id: number) => (hasBlocked(id) ? 'blocked' : 'sent');
  await start();
  let left = 0.4 * USERS;
  const killed = open((id) => {
    left -= 1;
    // From now on no call is answered: what was marked stays marked.
    return left > 0 ? answer(id) : new Promise<BulkOutcome>(() => undefined);
  });
  while (left > 0) {
    clock.advance(BROADCAST_STEP_MS);
    const step = killed.work();
    if (left > 20) await step;
    else await expect.poll(() => left, { timeout: 60_000 }).toBe(0);
  }
  clock.advance(BROADCAST_LEASE_MS);
  await finish(open(answer));
  expect([...got.values()].every((times) => times === 1)).toBe(true);
  expect(ids.filter((id) => !got.has(id))).toEqual([]);
  const report = await broadcasts.latest();
  expect(report).toMatchObject({ state: 'done', counts: { pending: 0, failed: 0 } });
  // One whose answer is not known counts as sent.
  const { sent = 0, blocked = 0 } = report?.counts ?? {};
  expect(sent + blocked).toBe(USERS);
  expect(blocked).toBeGreaterThanOrEqual(0.03 * USERS - 1);
  expect(blocked).toBeLessThanOrEqual(0.03 * USERS);
}, 300_000);
