import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { SqlAdmin } from '../../database/admin.ts';
import { connectDatabase } from '../../database/connect.ts';
import { SqlUserData } from '../../database/user-data.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { silentLog } from '../support/silent-log.ts';

const DAY_MS = 86_400_000;
const MANY = 12_000;
const USERS = 1_000;
/** Fought in the latest battle. */
const OWN = 2;
const clock = new FixedClock();

interface Query {
  readonly text: string;
  readonly params: readonly unknown[];
}

describeOnPostgres(`${MANY} battles of 400 days`, () => {
  test('no query of a user or a period reads all sides', async () => {
    const { pool, queries, deps } = await openMany();
    const admin = new SqlAdmin(deps);
    await admin.figuresSince(clock.now() - DAY_MS);
    await admin.card(OWN);
    const userData = new SqlUserData(deps);
    await userData.subjectOf(OWN);
    await userData.read(OWN);
    const ofSides = queries.filter(({ text }) => text.includes('"battle_sides"'));
    expect(ofSides).toHaveLength(5);
    for (const { text, params } of ofSides) {
      const { rows } = await pool.query<Record<string, string>>(`explain ${text}`, [...params]);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).not.toMatch(/Seq Scan on (battles|battle_sides)/u);
    }
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
  const server = await startPostgres();
  const opened = await connectDatabase({ url: server.url, dataDir: null, log: silentLog });
  const pool = new Pool({ connectionString: server.url });
  // A stopping server sends an error to connections that are still closing.
  pool.on('error', () => null);
  onTestFinished(async () => {
    await pool.end();
    await opened.close();
    await server.stop();
  });
  await fill(pool);
  const queries: Query[] = [];
  const logger = { logQuery: (text: string, params: unknown[]) => queries.push({ text, params }) };
  return { pool, queries, deps: { db: drizzle({ client: pool, logger }), clock } };
}

/** Evenly spread over the days and the users, each of whom has one character of the same number. */
async function fill(pool: Pool): Promise<void> {
  // Without the product's time limit: a busy machine takes long to make so many rows.
  const db = drizzle({ client: pool });
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
