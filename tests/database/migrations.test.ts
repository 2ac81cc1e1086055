import { chdir, cwd } from 'node:process';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { migrate } from '../../database/migrate.ts';
import { users } from '../../database/schema.ts';
import { emptyPglite } from '../support/pglite-template.ts';

const home = fileURLToPath(new URL('../../', import.meta.url));

test('the migrations match the schema: npm run db:generate adds nothing', () => {
  const out = mkdtempSync(join(tmpdir(), 'arena-migrations-'));
  cpSync(join(home, 'database/migrations'), out, { recursive: true });
  const kit = join(home, 'node_modules/drizzle-kit/bin.cjs');
  // drizzle-kit takes a path relative to where it runs.
  const options = ['--dialect=postgresql', '--schema=database/schema*.ts'];
  const output = execFileSync(
    process.execPath,
    [kit, 'generate', ...options, `--out=${relative(home, out)}`],
    { cwd: home, encoding: 'utf8' },
  );
  expect(output).toContain('No schema changes');
  rmSync(out, { recursive: true });
});

test('migrations start from an empty database and change nothing when applied again, in any folder', async () => {
  const client = await emptyPglite();
  const db = drizzle({ client });
  const before = cwd();
  chdir(tmpdir());
  await migrate(db);
  await db.insert(users).values({ id: 7 });
  await migrate(db);
  chdir(before);
  expect(await db.$count(users)).toBe(1);
  const tables = await db.execute(sql`select tablename from pg_tables where schemaname = 'public'`);
  expect(tables.rows.map(({ tablename }) => tablename).toSorted()).toEqual([
    'achievements',
    'admin_actions',
    'announcement_readers',
    'announcements',
    'bans',
    'battle_ratings',
    'battle_sides',
    'battles',
    'blocks',
    'broadcast_recipients',
    'broadcasts',
    'character_counts',
    'character_records',
    'characters',
    'erased_users',
    'erasure_salt',
    'flags',
    'grants',
    'items',
    'journeys',
    'ladder_bests',
    'ladder_standings',
    'leaver_pauses',
    'pending_handlers',
    'saved_sessions',
    'seasons',
    'skill_progress',
    'stacks',
    'users',
    'wallet_transactions',
  ]);
  await client.close();
});
