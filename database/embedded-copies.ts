import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { PGlite } from '@electric-sql/pglite';

/** A copy of the embedded database: a compressed tar archive, whose checksum tells whether it is whole. */
export interface Copy {
  readonly file: string;
  /** When it was made. */
  readonly atMs: number;
}

const KEPT_COPIES = 3;
const NAME = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.tar\.gz$/;

const copiesIn = (folder: string) => join(folder, 'copies');

/** A time as a part of a file's name. */
export function stampOf(atMs: number): string {
  return new Date(atMs)
    .toISOString()
    .replaceAll(':', '-')
    .replace(/\.\d+Z$/, 'Z');
}

/** The copies in DATA_DIR, newest first. */
export function listCopies(folder: string): Copy[] {
  let names: string[] = [];
  try {
    names = readdirSync(copiesIn(folder));
  } catch {
    // None yet.
  }
  return names
    .toSorted()
    .toReversed()
    .flatMap((name) => {
      const [, date = '', hours = '', minutes = '', seconds = ''] = NAME.exec(name) ?? [];
      if (date === '') return [];
      const atMs = Date.parse(`${date}T${hours}:${minutes}:${seconds}Z`);
      return [{ file: join(copiesIn(folder), name), atMs }];
    });
}

/** Adds a copy and removes the oldest ones. The file gets its name when it is complete. */
export async function addCopy(client: PGlite, folder: string, atMs: number): Promise<number> {
  await mkdir(copiesIn(folder), { recursive: true, mode: 0o700 });
  const size = await writeCopy(client, join(copiesIn(folder), `${stampOf(atMs)}.tar.gz`));
  for (const { file } of listCopies(folder).slice(KEPT_COPIES)) rmSync(file);
  return size;
}

/** Writes a copy of a database that is open; answers its size in bytes. */
export async function writeCopy(client: PGlite, file: string): Promise<number> {
  // So that a start from the copy has little to repeat.
  await client.exec('checkpoint');
  // Files are read at one moment, between two queries. Compression takes longer, and holds nothing up.
  const archive = await client.dumpDataDir('none');
  const compressed = await promisify(gzip)(await archive.arrayBuffer(), { level: 1 });
  const aside = join(dirname(file), 'copy.new');
  await writeFile(aside, compressed, { mode: 0o600, flush: true });
  await rename(aside, file);
  return compressed.length;
}

/** The tar archive in a copy; raises an error unless every byte of it is there. */
export async function readCopy(file: string): Promise<Blob> {
  return new Blob([await promisify(gunzip)(readFileSync(file))]);
}
