import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { emptyTables } from './empty-tables.ts';
import { sharedPglite } from './pglite-template.ts';
import { findPostgres, mustHavePostgres, sharedPostgres } from './postgres-server.ts';
import { isFullRun } from './repetitions.ts';
import { silentLog } from './silent-log.ts';

/** A database with connections of several processes; the embedded one has a single process. */
export interface DatabaseUnderTest {
  readonly db: Database;
  readonly others: readonly [Database, Database, Database];
}

interface Opened extends DatabaseUnderTest {
  close(): Promise<unknown>;
}

/**
 * Runs the same tests on PostgreSQL, and, in `npm run test:full` or without PostgreSQL, on the embedded database. If
 * CI=true, they fail without PostgreSQL. The tables are empty before each test.
 */
export function describeOnEachDatabase(
  title: string,
  body: (database: () => DatabaseUnderTest) => void,
): void {
  if (isFullRun() || findPostgres() === null) {
    describe(`${title} (embedded)`, () => {
      within(openEmbedded, body);
    });
  }
  describeOnPostgres(title, () => {
    within(openServer, body);
  });
}

/** Runs tests that need a real server; skipped or failed as above without one. */
export function describeOnPostgres(title: string, body: () => void): void {
  const name = `${title} (PostgreSQL)`;
  if (findPostgres() !== null) {
    describe(name, body);
  } else if (mustHavePostgres()) {
    test(name, () => {
      throw new Error('CI=true, but no initdb: install PostgreSQL');
    });
  } else {
    test.skip(`${name}: skipped, no PostgreSQL`);
  }
}

function within(
  open: () => Promise<Opened>,
  body: (database: () => DatabaseUnderTest) => void,
): void {
  let opened: Opened | null = null;
  const database = () => {
    if (opened === null) throw new Error('the database is opened by beforeAll');
    return opened;
  };
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened?.close());
  beforeEach(() => emptyTables(database().db));
  body(database);
}

async function openEmbedded(): Promise<Opened> {
  const db = drizzle({ client: await sharedPglite() });
  return { db, others: [db, db, db], close: () => Promise.resolve() };
}

async function openServer(): Promise<Opened> {
  const { url } = await sharedPostgres();
  // Hundreds of transactions at once wait for a connection longer than a player would.
  const connectTimeoutMs = 60_000;
  const open = () => connectDatabase({ url, dataDir: null, log: silentLog, connectTimeoutMs });
  const [own, ...others] = await Promise.all([open(), open(), open(), open()]);
  const close = async () => {
    for (const one of [own, ...others]) await one.close();
  };
  return { db: own.db, others: [others[0].db, others[1].db, others[2].db], close };
}
