import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openEmbedded } from '../../database/embedded.ts';
import { users } from '../../database/schema.ts';
import { RecordingLog } from './recording-log.ts';

/** A folder for an embedded database, until the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arena-recovered-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Opens it and closes it again: the names of its users, and the errors that were logged. */
export async function openAndRead(folder: string) {
  const log = new RecordingLog();
  const { db, close } = await openEmbedded(folder, { log });
  const names = await db.select({ name: users.first_name }).from(users).orderBy(users.id);
  await close();
  const errors = log.lines.filter(({ level }) => level === 'error');
  return { names: names.map(({ name }) => name), errors };
}
