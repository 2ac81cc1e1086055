import { spawn } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { BackupError } from './backup-error.ts';
import { hostPortOf, reasonOf } from './database-start-error.ts';
import { MIGRATION_LOCK } from './migrate.ts';

/** A program of PostgreSQL with its arguments. */
type Command = readonly [program: 'pg_dump' | 'pg_restore' | 'psql', ...args: string[]];

/** Writes a backup of the database in pg_dump's own format. The bot may be running. */
export async function backupServer(url: string, file: string): Promise<void> {
  const { major } = await stateOf(url);
  await checkVersion('pg_dump', major);
  const { address, env } = withoutPassword(url);
  const aside = `${file}.new`;
  try {
    await run(['pg_dump', '--format=custom', `--file=${aside}`, `--dbname=${address}`], env);
    renameSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Everything of the database is replaced, or nothing. */
export async function restoreServer(url: string, file: string, replace: boolean): Promise<void> {
  const { major, tables, others } = await stateOf(url);
  for (const program of ['pg_restore', 'psql'] as const) await checkVersion(program, major);
  // Reads all of it: a list of its contents would not miss the end.
  await run(
    ['pg_restore', '--file=/dev/null', file],
    {},
    'is no whole backup of a PostgreSQL database',
  );
  if (others > 0)
    throw new BackupError(
      `${others} other connections use the database at ${hostPortOf(url)}: stop the bot and whatever else uses it.`,
    );
  if (tables > 0 && !replace)
    throw new BackupError(
      `The database at ${hostPortOf(url)} has tables. Add --replace to delete all of them, and what they hold.`,
    );
  await replaceAll(url, file);
}

/** No process of the bot starts meanwhile: it waits for the lock of migrations. */
const BEFORE = `select pg_advisory_xact_lock(${MIGRATION_LOCK});
do $$ declare one record; begin
  for one in select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')
  loop execute 'drop table if exists ' || one.name || ' cascade'; end loop;
end $$;
drop schema if exists drizzle cascade;
`;

async function replaceAll(url: string, file: string): Promise<void> {
  const { address, env } = withoutPassword(url);
  const script = ['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1'];
  const restoring = start(['pg_restore', '--no-owner', '--no-privileges', '--file=-', file], {});
  const storing = start(['psql', ...script, '--output=/dev/null', `--dbname=${address}`], env);
  storing.child.stdin.write(BEFORE);
  const { stdin } = storing.child;
  await pipeline(restoring.child.stdout, stdin, { end: false }).catch(() => null);
  const read = await restoring.ended;
  // Without the end of its input psql would store a half.
  if (read === null) stdin.end();
  else storing.child.kill();
  const stored = await storing.ended;
  const problem = stored ?? read;
  if (problem !== null) throw new BackupError(`Nothing was changed: ${problem}`);
}

const stateSchema = z.tuple([
  z.object({ major: z.int(), tables: z.coerce.number(), others: z.coerce.number() }),
]);

async function stateOf(url: string) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const state =
      await client.query(`select current_setting('server_version_num')::int / 10000 as major,
      (select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')) as tables,
      (select count(*) from pg_stat_activity where datname = current_database()
        and pid <> pg_backend_pid() and usename is not null) as others`);
    return stateSchema.parse(state.rows)[0];
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    throw new BackupError(`No usable PostgreSQL at ${hostPortOf(url)} (${reasonOf(error)}).`);
  } finally {
    await client.end().catch(() => null);
  }
}

/** Another major version may not read what this one writes. */
async function checkVersion(program: Command[0], wanted: number): Promise<void> {
  const { child, ended } = start([program, '--version'], {});
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const needed = `install the client programs of PostgreSQL ${wanted}, the version of the server`;
  if ((await ended) !== null)
    throw new BackupError(`There is no ${program} on the PATH: ${needed}.`);
  const [found] = /\d+/.exec(printed) ?? [];
  if (Number(found) !== wanted)
    throw new BackupError(`The ${program} on the PATH is of PostgreSQL ${found}: ${needed}.`);
}

async function run(command: Command, env: Environment, problem?: string): Promise<void> {
  const { child, ended } = start(command, env);
  child.stdout.resume();
  const reason = await ended;
  if (reason === null) return;
  throw new BackupError(
    problem === undefined ? reason : `${command.at(-1)} ${problem} (${reason}).`,
  );
}

type Environment = Readonly<Record<string, string>>;

/** `ended`: null, or why the program failed, in its own first line. */
function start([program, ...args]: Command, env: Environment) {
  const child = spawn(program, args, { env: { ...process.env, ...env } });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('close', (code) => {
      resolve(code === 0 ? null : (said.trim().split('\n')[0] ?? `${program} ended with ${code}`));
    });
  });
  return { child, ended };
}

/** Arguments can be seen by everybody on the machine. */
function withoutPassword(url: string): { address: string; env: Environment } {
  const [whole, before = '', password = ''] = /^([^/]+:\/\/[^/?#:@]*):([^/?#@]*)@/.exec(url) ?? [];
  if (whole === undefined) return { address: url, env: {} };
  return {
    address: `${before}@${url.slice(whole.length)}`,
    env: { PGPASSWORD: decodeURIComponent(password) },
  };
}
