import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SqlAdmin } from '../../database/admin.ts';
import type { Database } from '../../database/database.ts';
import { SqlUserData } from '../../database/user-data.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { explainedDatabase } from '../support/explained-database.ts';

const DAY_MS = 86_400_000;
const MANY = 12_000;
const USERS = 1_000;
/** Fought in the latest battle. */
const OWN = 2;
const clock = new FixedClock();

describeOnPostgres(`${MANY} battles of 400 days`, () => {
  test('no query of a user or a period reads all sides', async () => {
    const { queries, planOf, deps } = await openMany();
    const admin = new SqlAdmin(deps);
    await admin.figuresSince(clock.now() - DAY_MS);
    await admin.card(OWN);
    const userData = new SqlUserData(deps);
    await userData.subjectOf(OWN);
    await userData.read(OWN);
    const ofSides = queries.filter(({ text }) => text.includes('"battle_sides"'));
    expect(ofSides).toHaveLength(5);
    for (const query of ofSides)
      expect(await planOf(query)).not.toMatch(/Seq Scan on (battles|battle_sides)/u);
  });

  test('whom a user has met is read without what is too old to be a record', async () => {
    const { pool, queries, deps } = await openMany();
    const { battleIds, opponentIds } = await new SqlUserData(deps).subjectOf(OWN);
    const [sides = { text: '', params: [] }] = queries.filter(({ text }) =>
      text.includes('"battle_sides"'),
    );
    const { rows } = await pool.query(sides.text, [...sides.params]);
    expect(rows).toHaveLength(2 * battleIds.length);
    expect([battleIds, opponentIds]).toEqual([['b1'], [9]]);
  });
});

async function openMany() {
  const { patient, recorded, ...opened } = await explainedDatabase();
  await fill(patient);
  return { ...opened, deps: { db: recorded, clock } };
}

/** Evenly spread over the days and the users, each of whom has one character of the same number. */
async function fill(db: Database): Promise<void> {
  const users = sql`from generate_series(1, ${USERS}::int) n`;
  await db.execute(sql`insert into users (id) select n ${users}`);
  await db.execute(sql`insert into characters (id, user_id, slot, location_id)
    select n, n, 1, 'inn' ${users}`);
  const endedAt = sql`${new Date(clock.now()).toISOString()}::timestamptz
    - n * interval '400 days' / ${MANY}::int`;
  await db.execute(sql`insert into battles
    (id, mode, rules_version, seed, sheets, inputs, outcome, turns, started_at, ended_at)
    select 'b' || n, '1v1', 1, repeat('0', 32), '[{}, {}]', '[]', '{}', 1, ${endedAt}, ${endedAt}
    from generate_series(1, ${MANY}::int) n`);
  await db.execute(sql`insert into battle_sides
    (battle_id, side, character_id, user_id, name, gs, result, ended_at)
    select 'b' || n, side, who, who, 'Anna', 100, 'drawn', ${endedAt}
    from generate_series(1, ${MANY}::int) n, generate_series(0, 1) side,
      lateral (select 1 + (n + side * 7) % ${USERS}::int as who) one`);
  // As autovacuum leaves it.
  await db.execute('vacuum analyze');
}
