import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { backup, restore } from '../../database/backup.ts';
import { BackupError } from '../../database/backup-error.ts';
import { connectDatabase } from '../../database/connect.ts';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { openEmbedded } from '../../database/embedded.ts';
import { users } from '../../database/schema.ts';
import { archivedBattle } from '../support/archived-battles.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { fillWithPglite } from '../support/pglite-template.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { silentLog } from '../support/silent-log.ts';

const LONG = 180_000;
const root = fileURLToPath(new URL('../../', import.meta.url));

interface Ended {
  readonly code: 0 | 1;
  readonly said: string;
}

/** What the command does, in this process. */
async function run(
  command: 'backup' | 'restore',
  [file = '', option]: readonly string[],
  { DATABASE_URL, DATA_DIR: dataDir = '' }: Env,
): Promise<Ended> {
  const place = { url: DATABASE_URL ?? null, dataDir, log: silentLog };
  const replace = option === '--replace';
  try {
    const done = command === 'backup' ? backup(place, file) : restore(place, { file, replace });
    return { code: 0, said: await done };
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    return { code: 1, said: error.message };
  }
}

interface Env {
  readonly DATABASE_URL?: string;
  readonly DATA_DIR?: string;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arena-backup-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

async function openFolder(dataDir: string) {
  const opened = await openEmbedded(dataDir, { log: silentLog });
  return { ...opened, archive: new SqlBattleArchive(opened.db) };
}

async function namesIn(dataDir: string): Promise<(string | null)[]> {
  const { db, close } = await openFolder(dataDir);
  const rows = await db.select({ name: users.first_name }).from(users);
  await close();
  return rows.map(({ name }) => name);
}

describe('backup and restore of an embedded database', () => {
  test(
    'bring back everything, and refuse what would lose something',
    async () => {
      const folder = newFolder();
      const [old, other, file] = ['old', 'other', 'backup'].map((name) => join(folder, name));
      const env = { DATA_DIR: old ?? '' };
      expect(await run('backup', [file ?? ''], env)).toMatchObject({
        code: 1,
        said: `There is no database in ${old}.`,
      });

      await fillWithPglite(join(folder, 'old/pglite'));
      const running = await openFolder(old ?? '');
      await running.db.insert(users).values({ id: 1, first_name: 'Ann' });
      await running.archive.store(archivedBattle(3));
      expect(await run('backup', [file ?? ''], env)).toMatchObject({
        code: 1,
        said: expect.stringMatching(/is running .* made no copy yet: stop it/) as unknown,
      });
      const copyMs = Date.UTC(2026, 10, 1, 10);
      await running.copies?.add(copyMs);
      await running.db.insert(users).values({ id: 2, first_name: 'Bob' });
      const early = join(folder, 'early');
      expect(await run('backup', [early], env)).toMatchObject({
        code: 0,
        said: expect.stringContaining(
          'at 2026-11-01T10:00:00.000Z, the newest copy of the running',
        ) as unknown,
      });
      expect(await run('restore', [early, '--replace'], env)).toMatchObject({
        code: 1,
        said: expect.stringMatching(/^The bot is running/m) as unknown,
      });
      await running.close();
      expect(await run('backup', [file ?? ''], env)).toMatchObject({ code: 0 });
      expect(await run('restore', [early], env)).toMatchObject({
        code: 1,
        said: expect.stringContaining('Add --replace') as unknown,
      });
      expect(await namesIn(old ?? '')).toEqual(['Ann', 'Bob']);
      expect(await run('restore', [early, '--replace'], env)).toMatchObject({ code: 0 });
      expect(await namesIn(old ?? '')).toEqual(['Ann']);

      expect(await run('restore', [file ?? ''], { DATA_DIR: other ?? '' })).toMatchObject({
        code: 0,
      });
      const restored = await openFolder(other ?? '');
      expect(await restored.archive.find(archivedBattle(3).id)).toEqual(archivedBattle(3));
      expect(await restored.db.$count(users)).toBe(2);
      await restored.close();
    },
    LONG,
  );

  test(
    'leave the database as it is if the backup is damaged',
    async () => {
      const folder = newFolder();
      const [dataDir, file] = [join(folder, 'data'), join(folder, 'backup')];
      await fillWithPglite(join(folder, 'data/pglite'));
      const env = { DATA_DIR: dataDir };
      expect(await run('backup', [file], env)).toMatchObject({ code: 0 });
      truncateSync(file, 200_000);
      expect(await run('restore', [file, '--replace'], env)).toMatchObject({
        code: 1,
        said: expect.stringContaining('is no whole backup') as unknown,
      });
      writeFileSync(file, 'PGDMP and more');
      expect(await run('restore', [file, '--replace'], env)).toMatchObject({ code: 1 });
      expect(readdirSync(dataDir)).toEqual(['pglite']);
      expect(existsSync(join(dataDir, 'pglite/PG_VERSION'))).toBe(true);
    },
    LONG,
  );
});

describeOnPostgres('backup and restore of a server', () => {
  test(
    'bring back everything, and refuse what would lose something',
    async () => {
      const server = await startPostgres();
      onTestFinished(() => server.stop());
      const other = server.url.replace(/[^/]*$/, 'other');
      const file = join(newFolder(), 'backup');
      const connect = (url: string) => connectDatabase({ url, dataDir: null, log: silentLog });
      const running = await connect(server.url);
      await running.db.execute(sql`create database other`);
      await running.db.insert(users).values({ id: 1, first_name: 'Ann' });
      await new SqlBattleArchive(running.db).store(archivedBattle(3));
      const env = { DATABASE_URL: server.url };
      expect(await run('backup', [file], env)).toMatchObject({ code: 0 });

      await running.db.insert(users).values({ id: 2, first_name: 'Bob' });
      expect(await run('restore', [file, '--replace'], env)).toMatchObject({
        code: 1,
        said: expect.stringMatching(/other connections use .*stop the bot/) as unknown,
      });
      await running.close();
      expect(await run('restore', [file], env)).toMatchObject({
        code: 1,
        said: expect.stringContaining('Add --replace') as unknown,
      });
      const damaged = `${file}.damaged`;
      writeFileSync(damaged, 'PGDMP and more');
      expect(await run('restore', [damaged, '--replace'], env)).toMatchObject({
        code: 1,
        said: expect.stringContaining('is no whole backup') as unknown,
      });
      const before = await connect(server.url);
      expect(await before.db.$count(users)).toBe(2);
      await before.close();

      for (const [url, args] of [
        [server.url, ['--replace']],
        [other, []],
      ] as const) {
        const DATABASE_URL = url;
        expect(await run('restore', [file, ...args], { DATABASE_URL })).toMatchObject({ code: 0 });
        const restored = await connect(url);
        const { db } = restored;
        expect(await db.select({ name: users.first_name }).from(users)).toEqual([{ name: 'Ann' }]);
        const battle = archivedBattle(3);
        expect(await new SqlBattleArchive(db).find(battle.id)).toEqual(battle);
        await restored.close();
      }
    },
    LONG,
  );

  test(
    'name the programs that are missing',
    async () => {
      const server = await startPostgres();
      onTestFinished(() => server.stop());
      vi.stubEnv('PATH', newFolder());
      onTestFinished(() => {
        vi.unstubAllEnvs();
      });
      expect(await run('backup', ['backup'], { DATABASE_URL: server.url })).toMatchObject({
        code: 1,
        said: expect.stringMatching(
          /^There is no pg_dump on the PATH: install .* PostgreSQL \d+/,
        ) as unknown,
      });
    },
    LONG,
  );
});

test.each(['backup', 'restore'])(
  'the command %s answers a wrong use in one line',
  async (command) => {
    const words = ['--import', 'tsx', join(root, 'tools/backup', `${command}.ts`), 'one', 'two'];
    const { PATH = '' } = process.env;
    const options = { env: { PATH }, cwd: root };
    await expect(promisify(execFile)(process.execPath, words, options)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(new RegExp(`^Usage: npm run ${command} -- FILE`)) as unknown,
    });
  },
  LONG,
);
