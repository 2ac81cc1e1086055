import { resolve } from 'node:path';
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/pglite';
import { Client } from 'pg';
import { BackupError } from '../../database/backup-error.ts';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { listCopies, readCopy } from '../../database/embedded-copies.ts';
import { filesIn, openClient, openWhole } from '../../database/embedded-files.ts';
import { isLocked } from '../../database/folder-lock.ts';
import type { BattleArchive } from '../../domains/combat/battle-archive.ts';

interface OpenArchive {
  readonly archive: BattleArchive;
  close(): Promise<void>;
}

/** The stored battles, for reading: nothing is migrated. Of a running bot's folder the newest copy is read. */
export async function openArchive(url: string | null, dataDir: string): Promise<OpenArchive> {
  if (url === null) return openFolder(resolve(dataDir));
  const client = new Client({ connectionString: url });
  await client.connect();
  return { archive: new SqlBattleArchive(drizzleServer({ client })), close: () => client.end() };
}

async function openFolder(folder: string): Promise<OpenArchive> {
  const client = await ((await isLocked(folder)) ? openCopy(folder) : openWhole(filesIn(folder)));
  return { archive: new SqlBattleArchive(drizzle({ client })), close: () => client.close() };
}

async function openCopy(folder: string) {
  const [newest] = listCopies(folder);
  if (newest === undefined)
    throw new BackupError(`The bot is running on ${folder} and has made no copy yet: stop it.`);
  const at = new Date(newest.atMs).toISOString();
  process.stderr.write(`The bot is running: this is its copy of ${at}.\n`);
  return openClient(null, await readCopy(newest.file));
}
