import { resolve } from 'node:path';
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/pglite';
import { Client } from 'pg';
import type { BackedUp } from '../../database/backup.ts';
import { BackupError } from '../../database/backup-error.ts';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { hostPortOf, unreachable } from '../../database/database-start-error.ts';
import { listCopies, readCopy } from '../../database/embedded-copies.ts';
import { filesIn, hasFiles, openClient, openWhole } from '../../database/embedded-files.ts';
import { isLocked, lockFolder } from '../../database/folder-lock.ts';
import type { BattleArchive } from '../../domains/combat/battle-archive.ts';
import type { Log } from '../../domains/core/log.ts';

interface OpenArchive {
  readonly archive: BattleArchive;
  close(): Promise<void>;
}

/** The stored battles, for reading: nothing is migrated. Of a running bot's folder the newest copy is read. */
export async function openArchive({ url, dataDir, log }: BackedUp): Promise<OpenArchive> {
  if (url === null) return openFolder(resolve(dataDir), log);
  const client = new Client({ connectionString: url });
  await client.connect().catch((error: unknown) => {
    throw unreachable(hostPortOf(url), error);
  });
  return { archive: new SqlBattleArchive(drizzleServer({ client })), close: () => client.end() };
}

async function openFolder(folder: string, log: Log): Promise<OpenArchive> {
  const isRunning = await isLocked(folder);
  if (!isRunning && !hasFiles(filesIn(folder)))
    throw new BackupError(`There is no database in ${folder}.`);
  const unlock = isRunning ? () => Promise.resolve() : await lockFolder(folder, { log });
  const opening = isRunning ? openCopy(folder) : openWhole(filesIn(folder));
  const client = await opening.catch(async (error: unknown) => {
    await unlock();
    throw error;
  });
  const close = () => client.close().finally(unlock);
  return { archive: new SqlBattleArchive(drizzle({ client })), close };
}

async function openCopy(folder: string) {
  const [newest] = listCopies(folder);
  if (newest === undefined)
    throw new BackupError(`The bot is running on ${folder} and has made no copy yet: stop it.`);
  const at = new Date(newest.atMs).toISOString();
  process.stderr.write(`The bot is running: this is its copy of ${at}.\n`);
  return openClient(null, await readCopy(newest.file));
}
