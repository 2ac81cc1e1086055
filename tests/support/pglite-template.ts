import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PGlite } from '@electric-sql/pglite';
import { createHash } from 'node:crypto';
import { cache } from './cache-folder.ts';

/**
 * An empty embedded database in memory. Making one takes seconds, so a template is cached for each
 * version of PGlite and copied.
 */
export async function emptyPglite(): Promise<PGlite> {
  return PGlite.create({ loadDataDir: await template() });
}

/** Writes such a database into a new folder, for another process. */
export async function fillWithPglite(dataDir: string): Promise<void> {
  const made = await PGlite.create({ dataDir, loadDataDir: await template() });
  await made.close();
}

async function template(): Promise<Blob> {
  const file = `${cache}pglite-${fingerprint()}.tar`;
  if (!existsSync(file)) await makeTemplate(file);
  return new Blob([readFileSync(file)]);
}

/** Renames the finished file, since another test may look for it meanwhile. */
async function makeTemplate(file: string): Promise<void> {
  const made = await PGlite.create();
  const dump = await made.dumpDataDir('none');
  await made.close();
  mkdirSync(cache, { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, Buffer.from(await dump.arrayBuffer()));
  renameSync(aside, file);
}

/** Changes with the version of PGlite, whose file format may change. */
function fingerprint(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return createHash('sha256').update(readFileSync(entry)).digest('hex').slice(0, 16);
}
