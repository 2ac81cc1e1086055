import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { SqlRetention } from '../../database/retention.ts';
import { battleSides, battles, pendingHandlers, users } from '../../database/schema.ts';
import { battleWon } from '../support/archived-battles.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { silentLog } from '../support/silent-log.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);

/** Battles that ended so many days ago. */
async function storeBattles({ db }: DatabaseUnderTest, days: readonly number[]) {
  const { battles: archive } = repositoriesOn(db, silentLog);
  for (const [n, ago] of days.entries()) {
    const atMs = NOW - ago * DAY;
    await archive.store({ ...battleWon(n), startedAtMs: atMs, endedAtMs: atMs });
  }
}

describeOnEachDatabase('retention', (database) => {
  test('deletes the oldest battles up to the limit, with their sides', async () => {
    const { db } = database();
    await storeBattles(database(), [500, 400, 366, 364, 0]);
    const retention = new SqlRetention(db);
    expect(await retention.deleteBattles(NOW - 365 * DAY, 2)).toBe(2);
    expect(await retention.deleteBattles(NOW - 365 * DAY, 2)).toBe(1);
    expect(await retention.deleteBattles(NOW - 365 * DAY, 2)).toBe(0);
    const left = await db.select({ id: battles.id }).from(battles).orderBy(battles.id);
    expect(left.map(({ id }) => id)).toEqual([battleWon(3).id, battleWon(4).id]);
    expect(await db.$count(battleSides)).toBe(4);
  });

  test('keeps an old battle whose effects are still to come', async () => {
    const { db } = database();
    await storeBattles(database(), [500]);
    const row = { battle_id: battleWon(0).id, handler: 'rewards', attempts: 1 };
    await db
      .insert(pendingHandlers)
      .values({ ...row, next_attempt_at: new Date(NOW) })
      .onConflictDoNothing();
    expect(await new SqlRetention(db).deleteBattles(NOW, 10)).toBe(0);
  });

  test('finds users of whom neither profile, characters nor sessions have changed since', async () => {
    const { db } = database();
    const { characters } = repositoriesOn(db, silentLog);
    const ids = [11, 12, 13, 14];
    for (const id of ids) await db.insert(users).values({ id });
    const [, withCharacter = 0, withSession = 0, seenAgain = 0] = ids;
    const created: number[] = [];
    for (const userId of [withCharacter, withSession, seenAgain]) {
      const shell = { userId, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
      const reply = await characters.createShell(shell);
      if (reply.kind === 'created') created.push(reply.character.character_id);
    }
    const old = new Date(NOW - 100 * DAY).toISOString();
    const late = new Date(NOW - DAY).toISOString();
    await db.execute(sql`update users set updated_at = ${old}::timestamptz`);
    await db.execute(
      sql`update characters set updated_at = ${old}::timestamptz, last_seen_at = ${old}::timestamptz`,
    );
    await db.execute(sql`insert into saved_sessions (character_id, context, version, saved_at)
      values (${created[1]}, '{}', 1, ${late}::timestamptz)`);
    await db.execute(
      sql`update characters set last_seen_at = ${late}::timestamptz where id = ${created[2]}`,
    );
    const retention = new SqlRetention(db);
    expect(await retention.idleUsers(NOW - 50 * DAY, 10)).toEqual([11, 12]);
    expect(await retention.idleUsers(NOW - 50 * DAY, 1)).toHaveLength(1);
    expect(await retention.idleUsers(NOW, 10)).toHaveLength(4);
    expect(await retention.idleUsers(NOW - 101 * DAY, 10)).toEqual([]);
  });
});
