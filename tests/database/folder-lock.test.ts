import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { connectDatabase } from '../../database/connect.ts';
import { lockFile } from '../../database/folder-lock.ts';
import { users } from '../../database/schema.ts';
import { silentLog } from '../support/silent-log.ts';

const atEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of atEnd.splice(0).reverse()) await step();
});

test('a second process is refused, and takes over the lock of a killed one with its data', async () => {
  const dataDir = newFolder();
  const holder = await holding(dataDir);
  const open = () => connectDatabase({ url: null, dataDir, log: silentLog });
  await expect(open()).rejects.toThrow(`in use by process ${String(holder.pid)}`);
  const gone = once(holder, 'exit');
  holder.kill('SIGKILL');
  await gone;
  const connection = await open();
  atEnd.push(() => connection.close());
  expect(await connection.db.select({ name: users.first_name }).from(users)).toEqual([
    { name: 'Ann' },
  ]);
}, 60_000);

test('a process holds a lock once, and its file is removed on release', () => {
  const path = join(newFolder(), 'lock');
  const unlock = lockFile(path);
  expect(() => lockFile(path)).toThrow(`in use by process ${process.pid}`);
  unlock();
  unlock();
  expect(existsSync(path)).toBe(false);
  lockFile(path)();
});

test.each([
  ['of a process that is dead', '4194304 17\n'],
  ['of a process whose number another one has now', `${process.ppid} 17\n`],
  ['of our own number, from before a restart', `${process.pid} 17\n`],
  ['that is unreadable', ''],
])('a lock %s is taken over', (_whose, content) => {
  const path = join(newFolder(), 'lock');
  writeFileSync(path, content);
  const unlock = lockFile(path);
  expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  unlock();
});

async function holding(dataDir: string) {
  const program = fileURLToPath(new URL('../support/hold-database.ts', import.meta.url));
  const holder = spawn(process.execPath, ['--import', 'tsx', program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  atEnd.push(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  return holder;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arena-database-'));
  atEnd.push(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}
