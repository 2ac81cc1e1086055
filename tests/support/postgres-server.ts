import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cache } from './cache-folder.ts';
import { findProgram } from './find-program.ts';
import { stablePort } from './redis-server.ts';

export interface RunningPostgres {
  readonly url: string;
  readonly port: number;
  /** Kills it without a clean shutdown, and blocks this process until it is down. */
  crash(): void;
  crashAsync(): Promise<void>;
  /** Starts it again on the same port and files, after `crash` or `halt`. */
  restart(): Promise<void>;
  /** Shuts it down cleanly; its files stay. */
  halt(): Promise<void>;
  stop(): Promise<void>;
}

const DEBIAN_FOLDER = '/usr/lib/postgresql';
const SUPERUSER = 'arena';

/** The folder of `initdb` and `postgres`, from the PATH or Debian's place; null without PostgreSQL. */
export function findPostgres(): string | null {
  const onPath = findProgram('initdb');
  if (onPath !== null) return join(onPath, '..');
  if (process.env['ARENA_TEST_MODE'] === 'fast') return null;
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const [newest] = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN_FOLDER, version, 'bin'))
    .filter((folder) => existsSync(join(folder, 'initdb')));
  return newest ?? null;
}

/** Whether tests that need a real server fail without one instead of being skipped. */
export function mustHavePostgres(): boolean {
  return process.env['CI'] === 'true';
}

/** Starts a server on a free port in a temporary folder and waits until it accepts connections. */
export async function startPostgres(password: string | null = null): Promise<RunningPostgres> {
  const programs = findPostgres();
  if (programs === null) throw new Error('no initdb: install PostgreSQL');
  const folder = mkdtempSync(join(tmpdir(), 'arena-postgres-'));
  const owner = ownerOf(folder);
  const place = { programs, folder, owner, port: await stablePort() };
  initialise(place, password);
  let child = await started(place);
  const atExit = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  const halt = () => ended(child);
  return {
    port: place.port,
    url: `postgresql://${SUPERUSER}@127.0.0.1:${place.port}/postgres`,
    crash: () => {
      execFileSync(
        join(programs, 'pg_ctl'),
        ['stop', '-w', '-m', 'immediate', '-D', join(folder, 'data')],
        { ...owner, cwd: folder, stdio: 'ignore' },
      );
    },
    crashAsync: () => ended(child, 'SIGQUIT'),
    restart: async () => {
      await ended(child);
      child = await started(place);
    },
    halt,
    stop: async () => {
      process.off('exit', atExit);
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let shared: Promise<RunningPostgres> | null = null;

/** A server for the files of a worker that leave its schema alone, one after another; it ends with the worker. */
export function sharedPostgres(): Promise<RunningPostgres> {
  shared ??= startPostgres();
  return shared;
}

export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

interface Place {
  readonly programs: string;
  readonly folder: string;
  readonly owner: Owner;
  readonly port: number;
}

/** PostgreSQL refuses to run as root, so another user then owns the folder and runs the server. */
export function ownerOf(folder: string): Owner {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody']
    .map((name) => accounts.find(([one]) => one === name))
    .find((account) => account !== undefined);
  if (found === undefined) throw new Error('neither a user postgres nor a user nobody');
  const [uid, gid] = [Number(found[2]), Number(found[3])];
  chownSync(folder, uid, gid);
  return { uid, gid };
}

/** A copy of a prepared folder, because initdb takes seconds; with a password, a folder of its own. */
function initialise(place: Place, password: string | null): void {
  if (password !== null) {
    initdb(place, password);
    return;
  }
  const prepared = preparedFolder(place);
  if (!existsSync(prepared)) prepare(place, prepared);
  execFileSync('cp', ['-a', prepared, join(place.folder, 'data')]);
}

function preparedFolder({ programs, owner }: Place): string {
  const key = [programs, String(owner.uid)].join(' ');
  return `${cache}postgres-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

/** Renames the finished folder, since another test may look for it meanwhile, or be first. */
function prepare(place: Place, prepared: string): void {
  initdb(place, null);
  mkdirSync(cache, { recursive: true });
  const aside = `${prepared}.${process.pid}`;
  execFileSync('cp', ['-a', join(place.folder, 'data'), aside]);
  rmSync(join(place.folder, 'data'), { recursive: true });
  try {
    renameSync(aside, prepared);
  } catch {
    rmSync(aside, { recursive: true });
  }
}

function initdb({ programs, folder, owner }: Place, password: string | null): void {
  const how = ['--encoding=UTF8', '--locale=C', '--no-sync', `--username=${SUPERUSER}`];
  const secret = join(folder, 'secret');
  if (password !== null) writeFileSync(secret, password, { mode: 0o644 });
  const who = password === null ? ['--auth=trust'] : ['--auth=scram-sha-256', '--pwfile', secret];
  execFileSync(join(programs, 'initdb'), [...how, ...who, '-D', join(folder, 'data')], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
  });
}

async function started({ programs, folder, owner, port }: Place): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'logging_collector=off',
    'log_destination=stderr',
  ].flatMap((setting) => ['-c', setting]);
  const child = spawn(
    join(programs, 'postgres'),
    ['-D', join(folder, 'data'), '-p', String(port), ...settings],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { LC_ALL: 'C' } },
  );
  const lines: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    lines.push(line);
    if (line.includes('ready to accept connections')) {
      child.stderr.resume();
      return child;
    }
  }
  throw new Error(`PostgreSQL did not start: ${lines.join('\n')}`);
}

async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
