import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type DatabaseConnection, connectDatabase } from '../../database/connect.ts';
import { mapErrors } from '../../database/map-errors.ts';
import { battles } from '../../database/schema.ts';
import { FINISH_MS } from '../../domains/combat/battle-changes.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { keys } from '../../redis/keys.ts';
import { battleSetup } from '../support/battle-setup.ts';
import { openCombatServices } from '../support/combat-services.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { battleWon } from '../support/archived-battles.ts';
import { openHandlers } from '../support/open-handlers.ts';
import { ManualTiming } from '../support/manual-timing.ts';
import { never } from '../support/never.ts';
import { type RunningPostgres, startPostgres } from '../support/postgres-server.ts';
import { silentLog } from '../support/silent-log.ts';

const setup = battleSetup();

describeOnPostgres('an ended battle', () => {
  let server: RunningPostgres;
  let database: DatabaseConnection;
  beforeAll(async () => {
    server = await startPostgres();
    database = await connectDatabase({ url: server.url, dataDir: null, log: silentLog });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });
  beforeEach(async () => {
    await database.db.execute(sql`truncate users, characters, battles cascade`);
  });

  test.each([
    ['a character', 'select id from characters where id = 2 for update'],
    ['the table of battles', 'lock table battles in access exclusive mode'],
  ])(
    'frees and notifies its fighters after 1 s while %s is locked, and is stored once',
    async (_, lock) => {
      const { fixture, timing, recordOf } = await openDuel();
      const blocker = await openBlocker(lock);
      const surrendered = fixture.combat.surrender(1, setup.id);
      await expect.poll(waiting).toBe(1);
      await timing.advance(999);
      expect([fixture.freed, endedCount(fixture)]).toEqual([[], 0]);
      await timing.advance(1);
      await surrendered;
      expect([fixture.freed.map(([charId]) => charId), endedCount(fixture)]).toEqual([[1, 2], 2]);

      await blocker.query('rollback');
      await expect.poll(() => database.db.$count(battles)).toBe(1);
      expect(await fixture.client.zrange(keys.deadlines(), 0, -1)).toEqual([setup.id]);
      await afterTenSeconds(fixture);
      expect([await recordOf(1), await recordOf(2)]).toMatchObject([
        { won: 0, lost: 1, streak: -1 },
        { won: 1, lost: 0, streak: 1 },
      ]);
    },
  );

  test('whose transaction was aborted is stored by the next check', async () => {
    const { fixture, timing, recordOf } = await openDuel();
    const blocker = await openBlocker('lock table battles in access exclusive mode');
    const surrendered = fixture.combat.surrender(1, setup.id);
    await expect.poll(waiting).toBe(1);
    await timing.advance(1_000);
    await surrendered;
    await blocker.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where wait_event_type = 'Lock'`);
    await expect.poll(waiting).toBe(0);
    await blocker.query('rollback');
    expect(await database.db.$count(battles)).toBe(0);
    await afterTenSeconds(fixture);
    expect(await database.db.$count(battles)).toBe(1);
    expect(await recordOf(2)).toMatchObject({ won: 1, lost: 0 });
    expect(endedCount(fixture)).toBe(2);
  });

  test('stored by a process that died is released by the next check and counted once', async () => {
    const { fixture, diesAfterStore, recordOf } = await openDuel();
    const died = diesAfterStore();
    void fixture.combat.surrender(1, setup.id);
    await died;
    expect([await database.db.$count(battles), fixture.freed]).toEqual([1, []]);
    fixture.clock.advance(FINISH_MS);
    await Promise.all(fixture.services.map((combat) => combat.tick()));
    expect(fixture.freed.map(([charId]) => charId).toSorted()).toEqual([1, 2]);
    expect(await fixture.client.zrange(keys.deadlines(), 0, -1)).toEqual([]);
    expect(await recordOf(1)).toMatchObject({ won: 0, lost: 1 });
    expect(await recordOf(2)).toMatchObject({ won: 1, lost: 0 });
    expect(await database.db.$count(battles)).toBe(1);
  });

  test('locks its characters without deadlocks', async () => {
    // A plain pool, without the retries that would hide a deadlock.
    const pool = new Pool({ connectionString: server.url, max: 8 });
    // A stopping server sends an error to every open connection.
    pool.on('error', () => null);
    onTestFinished(() => pool.end());
    const { archive, recordOf, log } = await openHandlers(drizzle({ client: pool }));
    const pairs = [[1, 2] as const, [2, 1] as const, [2, 3] as const, [3, 1] as const];
    const ended = Array.from({ length: 80 }, (_, n) => battleWon(n, pairs[n % 4]));
    await Promise.all(ended.map((one) => archive.store(one)));
    expect([await recordOf(1), await recordOf(2), await recordOf(3)]).toMatchObject([
      { won: 20, lost: 40 },
      { won: 40, lost: 20 },
      { won: 20, lost: 20 },
    ]);
    expect(log.lines).toEqual([]);
  });

  /** A duel of characters 1 and 2 with two processes; the test controls the wait for the database. */
  async function openDuel() {
    const timing = new ManualTiming();
    const { archive: stored, recordOf } = await openHandlers(database.db);
    const store = (battle: ArchivedBattle) => mapErrors(stored).store(battle);
    let next = store;
    const archive = { store: (battle: ArchivedBattle) => next(battle) };
    const fixture = await openCombatServices(2, { archive, wait: timing.wait.bind(timing) });
    onTestFinished(() => fixture.close());
    await fixture.combat.startBattle(setup);
    /** The next process to store the battle stops after that; resolves when it has stored it. */
    const diesAfterStore = () =>
      new Promise<void>((resolve) => {
        next = async (battle) => {
          next = store;
          const reply = await store(battle);
          resolve();
          await never();
          return reply;
        };
      });
    return { fixture, timing, recordOf, diesAfterStore };
  }

  async function openBlocker(statement: string): Promise<Client> {
    const blocker = new Client({ connectionString: server.url });
    blocker.on('error', () => null);
    await blocker.connect();
    onTestFinished(() => blocker.end());
    await blocker.query('begin');
    await blocker.query(statement);
    return blocker;
  }

  async function waiting(): Promise<number> {
    const rows = await database.db.execute(
      sql`select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'`,
    );
    const answer = z.looseObject({ rows: z.tuple([z.object({ n: z.int() })]) });
    return answer.parse(rows).rows[0].n;
  }
});

type Fixture = Awaited<ReturnType<typeof openCombatServices>>;

function endedCount(fixture: Fixture): number {
  return fixture.changes.filter(({ change }) => change === 'ended').length;
}

/** Battles that could not be stored are checked again after 10 s; then none is left. */
async function afterTenSeconds(fixture: Fixture): Promise<void> {
  fixture.clock.advance(10_000);
  await fixture.combat.tick();
  expect(await fixture.client.zrange(keys.deadlines(), 0, -1)).toEqual([]);
}
