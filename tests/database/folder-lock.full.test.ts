import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectDatabase } from '../../database/connect.ts';
import { users } from '../../database/schema.ts';
import { ageLock } from '../support/age-lock.ts';
import { followOutput } from '../support/bot-child.ts';
import { newDataDir, startBotProcess } from '../support/bot-process.ts';
import { compiledProgram } from '../support/compiled-program.ts';
import { fillWithPglite } from '../support/pglite-template.ts';
import { shortRun } from '../support/short-run.ts';
import { silentLog } from '../support/silent-log.ts';

/** Loaded into a process, leaves it without hard links, as on exFAT and network shares. */
const NO_HARD_LINKS = `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  fs.linkSync = () => { throw Object.assign(new Error('no hard links'), { code: 'EPERM' }); };
  syncBuiltinESMExports();`)}`;

/** Runs a program as pid 1 of a namespace of its own, as a container does; root may. */
const NAMESPACE = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
const hasNamespaces = spawnSync('unshare', [...NAMESPACE.slice(1), 'true']).status === 0;
const LONG = 90_000;

let program = '';
beforeAll(async () => {
  program = await compiledProgram('hold-database');
});

describe('the folder of the embedded database', () => {
  test(
    'is refused to a second process in another pid namespace, and taken over after kill -9',
    async () => {
      if (!hasNamespaces) process.stdout.write('\nSKIPPED: no rights for pid namespaces.\n');
      const dataDir = await newFolder();
      const holder = hold(dataDir, hasNamespaces ? NAMESPACE : []);
      await holder.prints(/held/);
      const second = hold(dataDir, hasNamespaces ? NAMESPACE : []);
      await expect(second.prints(/held/)).rejects.toThrow(`${dataDir} is used by another process`);
      holder.kill('SIGKILL');
      await holder.ended;
      const { db } = await open(dataDir);
      expect(await db.select({ name: users.first_name }).from(users)).toEqual([{ name: 'Ann' }]);
    },
    LONG,
  );

  test(
    'ends a process that wakes up after another one has taken its folder',
    async () => {
      const dataDir = await newFolder();
      const frozen = hold(dataDir);
      await frozen.prints(/held/);
      frozen.kill('SIGSTOP');
      ageLock(dataDir);
      await open(dataDir);
      frozen.kill('SIGCONT');
      expect(await frozen.ended).toBe(3);
      expect(existsSync(join(dataDir, 'lock'))).toBe(true);
    },
    LONG,
  );

  test('ends a bot that has lost it to another process', async () => {
    const DATA_DIR = await newDataDir();
    const bot = startBotProcess({ SANDBOX_PORT: '0', DATA_DIR });
    await bot.prints(/arena started/);
    rmSync(join(DATA_DIR, 'lock'), { recursive: true });
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toContain('data folder lost to another process');
  });

  test('opens without hard links', async () => {
    const holder = hold(await newFolder(), ['env', `NODE_OPTIONS=--import=${NO_HARD_LINKS}`]);
    await holder.prints(/held/);
  });
});

async function open(dataDir: string) {
  const connection = await connectDatabase({ url: null, dataDir, log: silentLog });
  onTestFinished(() => connection.close());
  return connection;
}

function hold(dataDir: string, before: readonly string[] = []) {
  const words = [...before, process.execPath, shortRun, program, dataDir];
  const child = spawn('env', words);
  onTestFinished(() => void child.kill('SIGKILL'));
  return followOutput(child);
}

async function newFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'arena-database-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  await fillWithPglite(join(folder, 'pglite'));
  return folder;
}
