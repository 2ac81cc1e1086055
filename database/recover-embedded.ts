import { renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { Log } from '../domains/core/log.ts';
import { DatabaseStartError } from './database-start-error.ts';
import { type Copy, listCopies, readCopy, stampOf } from './embedded-copies.ts';
import { filesIn, hasFiles, openWhole } from './embedded-files.ts';

/** Nothing is broken: the system does not let us read or write. */
const REFUSALS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE']);

/** Opens the database; if it is broken, puts the newest good copy in its place and keeps the broken files aside. */
export async function openOrRecover(folder: string, log: Log): Promise<PGlite> {
  try {
    return await openWhole(filesIn(folder));
  } catch (error) {
    if (isRefusal(error)) throw error;
    return recovered(folder, error, log);
  }
}

async function recovered(folder: string, cause: unknown, log: Log): Promise<PGlite> {
  const reason = reasonOf(cause);
  const copies = listCopies(folder);
  for (const copy of copies) {
    if (!(await isUnpacked(copy, folder))) continue;
    const aside = replaceFiles(folder, 'broken');
    const facts = { folder, reason, copyFrom: new Date(copy.atMs).toISOString(), aside };
    log.error(facts, 'broken database replaced by its newest good copy, later changes are lost');
    return openWhole(filesIn(folder));
  }
  throw new DatabaseStartError(
    `The embedded database in ${folder} is broken (${reason}), and none of its ${copies.length} copies ` +
      'can be used. Restore a backup (npm run restore -- FILE --replace), or move the folder away to ' +
      'start from nothing.',
  );
}

async function isUnpacked(copy: Copy, folder: string): Promise<boolean> {
  try {
    await unpack(copy.file, folder);
    return true;
  } catch (error) {
    if (isRefusal(error)) throw error;
    return false;
  }
}

const newFiles = (folder: string) => `${filesIn(folder)}.new`;

/** Writes the files of a copy beside those of the database, and checks them. */
export async function unpack(file: string, folder: string): Promise<void> {
  const contents = await readCopy(file);
  await rm(newFiles(folder), { recursive: true, force: true });
  const client = await openWhole(newFiles(folder), contents);
  await client.close();
}

/** Makes what was unpacked the database; answers where the files are that were there. */
export function replaceFiles(folder: string, why: 'broken' | 'replaced'): string | null {
  const files = filesIn(folder);
  const aside = hasFiles(files) ? `${files}.${why}-${stampOf(Date.now())}` : null;
  if (aside === null) rmSync(files, { recursive: true, force: true });
  else renameSync(files, aside);
  renameSync(newFiles(folder), files);
  return aside;
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && REFUSALS.has(String(error.code));
}

function reasonOf(error: unknown): string {
  const [line] = error instanceof Error ? error.message.split('\n') : [];
  return line ?? 'cannot be opened';
}
