import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { battleSides, battles } from '../../database/schema.ts';
import { retryDelayMs } from '../../domains/combat/battle-handler.ts';
import { battleWon as won } from '../support/archived-battles.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { openHandlers } from '../support/open-handlers.ts';

test('retryDelayMs doubles from 10 s up to one hour', () => {
  const delays = [1, 2, 3, 9, 10, 1_000, 10_000].map(retryDelayMs);
  expect(delays).toEqual([10, 20, 40, 2_560, 3_600, 3_600, 3_600].map((s) => s * 1_000));
});

describeOnEachDatabase('battle handlers', (database) => {
  test('a battle stored twice takes effect once', async () => {
    const fixture = await openHandlers(database().db);
    expect(await fixture.archive.store(won(1))).toBe('stored');
    expect(await fixture.archive.store(won(1))).toBe('known');
    expect(await fixture.effects()).toEqual([1, 1, 0]);
    expect(await fixture.recordOf(1)).toEqual({ won: 1, lost: 0, drawn: 0, streak: 1 });
    expect(await fixture.recordOf(2)).toEqual({ won: 0, lost: 1, drawn: 0, streak: -1 });
  });

  test('a battle stored by several processes at once takes effect once', async () => {
    const { db, others } = database();
    const fixture = await openHandlers(db);
    const all = [db, ...others, db, ...others].map((one) => fixture.serve(one).archive);
    const replies = await Promise.all(all.map((archive) => archive.store(won(1))));
    expect(replies.filter((reply) => reply === 'stored')).toHaveLength(1);
    expect(await fixture.effects()).toEqual([1, 1, 0]);
    expect((await fixture.recordOf(1)).won).toBe(1);
  });

  test('concurrent battles of the same characters are all counted', async () => {
    const { db, others } = database();
    const fixture = await openHandlers(db);
    const circle = [
      [1, 2],
      [2, 1],
      [2, 3],
      [3, 2],
      [3, 1],
      [1, 3],
    ] as const;
    const ended = Array.from({ length: 10 }, (_, round) =>
      circle.map((pair, n) => won(1 + round * circle.length + n, pair)),
    ).flat();
    await Promise.all(
      ended.map((one, n) => fixture.serve([db, ...others][n % 4] ?? db).archive.store(one)),
    );
    for (const charId of [1, 2, 3])
      expect(await fixture.recordOf(charId)).toMatchObject({ won: 20, lost: 20, drawn: 0 });
    expect(await fixture.effects()).toEqual([40, 40, 40]);
    expect(fixture.log.lines).toEqual([]);
  });

  test.each(['rule', 'writing'] as const)(
    'a handler that fails in its %s becomes pending; the result and other handlers are saved',
    async (fault) => {
      const { db } = database();
      const fixture = await openHandlers(db);
      fixture.faulty.fault = fault;
      expect(await fixture.archive.store(won(1))).toBe('stored');
      expect([await db.$count(battles), await db.$count(battleSides)]).toEqual([1, 2]);
      expect((await fixture.recordOf(1)).won).toBe(1);
      expect(await fixture.effects()).toEqual([0, 0, 0]);
      expect(await fixture.pendingRows()).toEqual([
        { battle_id: won(1).id, handler: 'faulty', attempts: 1, next_attempt_at: inS(10) },
      ]);
      expect(fixture.log.lines.map(({ level, facts, message }) => [level, facts, message])).toEqual(
        [
          [
            'error',
            { battleId: won(1).id, handler: 'faulty', err: expect.any(Error) as unknown },
            'battle handler failed',
          ],
        ],
      );

      function inS(seconds: number): Date {
        return new Date(fixture.clock.now() + seconds * 1_000);
      }
    },
  );

  test('a pending handler is retried after 10 s, then 20 s, and takes effect once', async () => {
    const fixture = await openHandlers(database().db);
    fixture.faulty.fault = 'writing';
    await fixture.archive.store(won(1));
    fixture.clock.advance(9_999);
    expect(await fixture.pending.retryDue()).toBe(0);
    fixture.clock.advance(1);
    expect([await fixture.pending.retryDue(), await fixture.pending.retryDue()]).toEqual([1, 0]);
    expect(await fixture.pendingRows()).toMatchObject([
      { attempts: 2, next_attempt_at: new Date(fixture.clock.now() + 20_000) },
    ]);
    fixture.clock.advance(19_999);
    expect(await fixture.pending.retryDue()).toBe(0);
    fixture.faulty.fault = 'none';
    expect(await fixture.effects()).toEqual([0, 0, 0]);
    fixture.clock.advance(1);
    expect([await fixture.pending.retryDue(), await fixture.pending.retryDue()]).toEqual([1, 0]);
    expect(await fixture.effects()).toEqual([1, 1, 0]);
    expect(await fixture.pendingRows()).toEqual([]);
    expect(fixture.log.lines).toHaveLength(1);
  });

  test('pending handlers retried by several processes at once take effect once', async () => {
    const { db, others } = database();
    const fixture = await openHandlers(db);
    fixture.faulty.fault = 'rule';
    for (let n = 1; n <= 12; n += 1) await fixture.archive.store(won(n, n % 2 ? [1, 2] : [3, 1]));
    fixture.faulty.fault = 'none';
    fixture.clock.advance(10_000);
    const counts = await Promise.all(
      [db, ...others].map((one) => fixture.serve(one).pending.retryDue()),
    );
    expect(counts.reduce((sum, count) => sum + count)).toBe(12);
    expect(await fixture.effects()).toEqual([12, 6, 6]);
    expect(await fixture.pendingRows()).toEqual([]);
  });

  test('a handler unknown to this release stays pending', async () => {
    const { db } = database();
    const fixture = await openHandlers(db);
    fixture.faulty.fault = 'rule';
    await fixture.archive.store(won(1));
    await db.execute(sql`update pending_handlers set handler = 'of a later release'`);
    fixture.clock.advance(10_000);
    expect(await fixture.pending.retryDue()).toBe(0);
    expect(await fixture.pendingRows()).toMatchObject([{ attempts: 1 }]);
  });

  test('the handler of an unreadable battle stays pending and others are retried', async () => {
    const { db } = database();
    const fixture = await openHandlers(db);
    fixture.faulty.fault = 'rule';
    await fixture.archive.store(won(1));
    await fixture.archive.store(won(2));
    fixture.faulty.fault = 'none';
    await db.execute(sql`update battles set outcome = '{"winner": 7}' where id = ${won(1).id}`);
    fixture.clock.advance(10_000);
    expect(await fixture.pending.retryDue()).toBe(2);
    expect(await fixture.pendingRows()).toMatchObject([{ battle_id: won(1).id, attempts: 2 }]);
    expect(await fixture.effects()).toEqual([1, 1, 0]);
  });

  test('a battle against an unknown character is counted for the known one', async () => {
    const fixture = await openHandlers(database().db);
    expect(await fixture.archive.store(won(1, [1, 77]))).toBe('stored');
    expect((await fixture.recordOf(1)).won).toBe(1);
    expect(await fixture.recordOf(77)).toEqual({ won: 0, lost: 0, drawn: 0, streak: 0 });
    expect(fixture.log.lines).toEqual([]);
  });

  test('a battle stored after a later one counts in order of time in the streak', async () => {
    const fixture = await openHandlers(database().db);
    await fixture.archive.store(won(1, [1, 2]));
    await fixture.archive.store(won(3, [1, 2]));
    await fixture.archive.store(won(2, [2, 1]));
    expect(await fixture.recordOf(1)).toEqual({ won: 2, lost: 1, drawn: 0, streak: 1 });
    expect(await fixture.recordOf(2)).toEqual({ won: 1, lost: 2, drawn: 0, streak: -1 });
  });

  test.each([
    ['character_records_counted', sql`drawn = -1`],
    ['character_records_streak_fought', sql`streak = 2`],
    ['character_records_streak_fought', sql`streak = -1`],
  ])('the database itself refuses a record against %s: %#', async (constraint, change) => {
    const { db } = database();
    const fixture = await openHandlers(db);
    await fixture.archive.store(won(1));
    await expect(
      db.execute(sql`update character_records set ${change} where character_id = 1`),
    ).rejects.toMatchObject({ cause: { constraint } });
  });
});
