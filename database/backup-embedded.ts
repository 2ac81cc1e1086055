import { copyFileSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Log } from '../domains/core/log.ts';
import { BackupError } from './backup-error.ts';
import { listCopies, writeCopy } from './embedded-copies.ts';
import { filesIn, hasFiles, openWhole } from './embedded-files.ts';
import { isLocked, lockFolder } from './folder-lock.ts';
import { replaceFiles, unpack } from './recover-embedded.ts';

/** Answers when the backup is of; a running bot holds the folder, then it is the newest copy that it made. */
export async function backupEmbedded(dataDir: string, file: string, log: Log): Promise<number> {
  const folder = resolve(dataDir);
  if (await isLocked(folder)) return copyOfRunning(folder, file);
  if (!hasFiles(filesIn(folder))) throw new BackupError(`There is no database in ${folder}.`);
  const unlock = await lockFolder(folder, { log });
  try {
    // Not migrated: a backup before an upgrade is made by either release.
    const client = await openWhole(filesIn(folder));
    await writeCopy(client, file);
    await client.close();
    return Date.now();
  } finally {
    await unlock();
  }
}

function copyOfRunning(folder: string, file: string): number {
  const [newest] = listCopies(folder);
  if (newest === undefined)
    throw new BackupError(
      `The bot is running on ${folder} and has made no copy yet: stop it and try again.`,
    );
  copyFileSync(newest.file, `${file}.new`);
  renameSync(`${file}.new`, file);
  return newest.atMs;
}

/** Answers where the files of the database are that was replaced; null: there was none. */
export async function restoreEmbedded(
  dataDir: string,
  file: string,
  { replace, log }: { readonly replace: boolean; readonly log: Log },
): Promise<string | null> {
  const folder = resolve(dataDir);
  if (await isLocked(folder)) throw new BackupError(`The bot is running on ${folder}: stop it.`);
  const unlock = await lockFolder(folder, { log });
  try {
    if (hasFiles(filesIn(folder)) && !replace)
      throw new BackupError(
        `There is a database in ${folder}. Add --replace to put the backup in its place.`,
      );
    await unpackBackup(file, folder);
    return replaceFiles(folder, 'replaced');
  } finally {
    await unlock();
  }
}

async function unpackBackup(file: string, folder: string): Promise<void> {
  try {
    await unpack(file, folder);
  } catch (error) {
    const [reason] = error instanceof Error ? error.message.split('\n') : [];
    throw new BackupError(`${file} is no whole backup of an embedded database (${reason}).`);
  }
}
