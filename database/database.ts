import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** A PostgreSQL server or the embedded one. */
export type Database = PgDatabase<PgQueryResultHKT>;
