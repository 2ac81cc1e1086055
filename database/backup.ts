import { existsSync, statSync } from 'node:fs';
import type { Log } from '../domains/core/log.ts';
import { backupEmbedded, restoreEmbedded } from './backup-embedded.ts';
import { BackupError } from './backup-error.ts';
import { backupServer, restoreServer } from './backup-server.ts';

export interface BackedUp {
  /** `postgresql://…`; null: the embedded database. */
  readonly url: string | null;
  readonly dataDir: string;
  readonly log: Log;
}

/** Writes the database into a file; answers in a line what it has. Raises a BackupError. */
export async function backup({ url, dataDir, log }: BackedUp, file: string): Promise<string> {
  const startMs = Date.now();
  let atMs = startMs;
  if (url === null) atMs = await backupEmbedded(dataDir, file, log);
  else await backupServer(url, file);
  const state = `the database as it was at ${new Date(atMs).toISOString()}`;
  const isCopy = atMs < startMs ? ', the newest copy of the running bot' : '';
  return `${file}: ${statSync(file).size} bytes, ${state}${isCopy}`;
}

/** Puts a backup into the database; with `replace` instead of what is there. */
export async function restore(
  { url, dataDir, log }: BackedUp,
  { file, replace }: { readonly file: string; readonly replace: boolean },
): Promise<string> {
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  if (url !== null) {
    await restoreServer(url, file, replace);
    return `${file} is restored`;
  }
  const aside = await restoreEmbedded(dataDir, file, { replace, log });
  return `${file} is restored${aside === null ? '' : `; what was there before is in ${aside}`}`;
}
