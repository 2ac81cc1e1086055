import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { openClient } from '../../database/embedded-files.ts';
import { migrate } from '../../database/migrate.ts';
import { copyPreparedFiles } from '../../database/prepared-files.ts';
import { cache } from './cache-folder.ts';
import { emptyTables } from './empty-tables.ts';

const packageFile = createRequire(import.meta.url).resolve('@electric-sql/pglite');
const journalFile = fileURLToPath(
  new URL('../../database/migrations/meta/_journal.json', import.meta.url),
);

/**
 * An empty embedded database in memory. Making one takes seconds, so a template is cached for each
 * version of PGlite and copied.
 */
export async function emptyPglite(): Promise<PGlite> {
  return openClient(null, await template());
}

/** The same with the tables of this release. */
async function migratedPglite(): Promise<PGlite> {
  return openClient(null, await migratedTemplate());
}

let shared: PGlite | null = null;

/**
 * A migrated embedded database without rows. The files of a worker use it one after another, because opening one
 * takes a second of processor time. After a test that closes it the next one gets another.
 */
export async function sharedPglite(): Promise<PGlite> {
  if (shared === null || shared.closed) {
    shared = await migratedPglite();
  }
  await emptyTables(drizzle({ client: shared }));
  return shared;
}

/** Writes a migrated database without rows into a new folder, for another process. */
export async function fillWithPglite(dataDir: string): Promise<void> {
  const folder = `${cache}pglite-${fingerprint(packageFile, journalFile)}`;
  if (!existsSync(folder)) await makeFolder(folder);
  copyPreparedFiles(folder, dataDir);
}

async function makeFolder(folder: string): Promise<void> {
  const aside = `${folder}.${process.pid}`;
  const made = await PGlite.create({ dataDir: aside, loadDataDir: await migratedTemplate() });
  await made.close();
  try {
    renameSync(aside, folder);
  } catch {
    // Another test was first.
    rmSync(aside, { recursive: true });
  }
}

function template(): Promise<Blob> {
  return cached(`${cache}pglite-${fingerprint(packageFile)}.tar`, () => PGlite.create());
}

function migratedTemplate(): Promise<Blob> {
  return cached(`${cache}pglite-${fingerprint(packageFile, journalFile)}.tar`, async () => {
    const made = await emptyPglite();
    await migrate(drizzle({ client: made }));
    return made;
  });
}

/** Renames the finished file, since another test may look for it meanwhile. */
async function cached(file: string, make: () => Promise<PGlite>): Promise<Blob> {
  if (!existsSync(file)) await dumpInto(file, await make());
  return new Blob([readFileSync(file)]);
}

async function dumpInto(file: string, made: PGlite): Promise<void> {
  const dump = await made.dumpDataDir('none');
  await made.close();
  mkdirSync(cache, { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, Buffer.from(await dump.arrayBuffer()));
  renameSync(aside, file);
}

/** Changes with the version of PGlite, whose file format may change, and with the migrations. */
function fingerprint(...files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
