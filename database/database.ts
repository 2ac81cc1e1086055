import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** What repositories ask: a PostgreSQL server or the embedded one, in the same words. */
export type Database = PgDatabase<PgQueryResultHKT>;
