import { R_OK, W_OK } from 'node:constants';
import { accessSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';

/** PGlite touches all of its buffers, 160 MB by default, and the whole database has a few MB. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

/** The files of the database in DATA_DIR. */
export const filesIn = (folder: string) => join(folder, 'pglite');

/** null: in memory. `contents`: a tar archive to begin with. */
export function openClient(files: string | null, contents?: Blob): Promise<PGlite> {
  const place = files === null ? {} : { dataDir: files };
  const loaded = contents === undefined ? {} : { loadDataDir: contents };
  return PGlite.create({ ...place, ...loaded, startParams });
}

export function hasFiles(files: string): boolean {
  return existsSync(files) && readdirSync(files).length > 0;
}

/** Opens what is there, after a look at all of it: raises an error if something is missing or cannot be read. */
export async function openWhole(files: string, contents?: Blob): Promise<PGlite> {
  // PGlite would make an empty database where this file is missing.
  if (contents === undefined) accessSync(join(files, 'PG_VERSION'), R_OK | W_OK);
  const client = await openClient(files, contents);
  try {
    await checkTables(client);
  } catch (error) {
    await client.close().catch(() => null);
    throw error;
  }
  return client;
}

const tableSchema = z.array(z.object({ name: z.string(), key: z.string().nullable() }));

const tablesQuery = `select c.oid::regclass::text as name,
  (select string_agg(quote_ident(a.attname), ', ' order by array_position(i.indkey::int2[], a.attnum))
    from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
    where i.indrelid = c.oid and i.indisprimary) as key
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`;

/**
 * Reads every row, in the order of the files, which verifies the checksums of pages, and by the primary key, because
 * the end of a shortened file is missed by nothing else.
 */
async function checkTables(client: PGlite): Promise<void> {
  const tables = tableSchema.parse((await client.query(tablesQuery)).rows);
  const rowsOf = async (query: string) =>
    countSchema.parse((await client.query(`select count(whole) from (${query}) as read`)).rows);
  for (const { name } of tables) await rowsOf(`select t::text as whole from ${name} t offset 0`);
  await client.exec(`begin; set local enable_seqscan = off; set local enable_bitmapscan = off;
    set local enable_indexonlyscan = off; set local enable_sort = off`);
  for (const { name, key } of tables)
    if (key !== null)
      await rowsOf(`select t::text as whole from ${name} t order by ${key} offset 0`);
  await client.exec('rollback');
}

const countSchema = z.array(z.object({ count: z.coerce.number() })).length(1);
