import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { createHash } from 'node:crypto';

const cache = fileURLToPath(new URL('../../node_modules/.cache/arena/', import.meta.url));

/**
 * An embedded database in memory, empty. To make one takes seconds; so one is made for each
 * version of PGlite, kept beside the packages, and copied.
 */
export async function emptyPglite(): Promise<PGlite> {
  return PGlite.create({ loadDataDir: await template() });
}

/** The same as files of a new folder, for another process. */
export async function fillWithPglite(dataDir: string): Promise<void> {
  const made = await PGlite.create({ dataDir, loadDataDir: await template() });
  await made.close();
}

async function template(): Promise<Blob> {
  const file = `${cache}pglite-${fingerprint()}.tar`;
  if (!existsSync(file)) await makeTemplate(file);
  return new Blob([readFileSync(file)]);
}

/** Made aside and moved: another test may look for it meanwhile. */
async function makeTemplate(file: string): Promise<void> {
  const made = await PGlite.create();
  const dump = await made.dumpDataDir('none');
  await made.close();
  mkdirSync(cache, { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, Buffer.from(await dump.arrayBuffer()));
  renameSync(aside, file);
}

/** Of the code that reads the files: another PGlite may want others. */
function fingerprint(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return createHash('sha256').update(readFileSync(entry)).digest('hex').slice(0, 16);
}
