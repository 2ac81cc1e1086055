import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseStartError } from './database-start-error.ts';

/** Locks of this process: a stale lock may contain our own pid after a restart. */
const held = new Set<string>();

/**
 * Takes the lock file, or raises a `DatabaseStartError`: two processes in one folder would destroy it. The
 * lock of a dead process is taken over. Returns the release.
 */
export function lockFile(path: string): () => void {
  if (held.has(path)) throw inUse(path, process.pid);
  // Written aside and linked, so that no process reads half a file.
  const own = `${path}.${process.pid}`;
  writeFileSync(own, identityOf(process.pid));
  try {
    while (!linked(own, path)) removeStale(path);
  } finally {
    rmSync(own, { force: true });
  }
  held.add(path);
  return () => {
    if (held.delete(path)) rmSync(path, { force: true });
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isError(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Renamed first: of two processes that find a stale lock, one renames it and the other checks again. */
function removeStale(path: string): void {
  const found = read(path);
  if (found === null) return;
  const pid = Number.parseInt(found, 10);
  if (isAlive(pid) && identityOf(pid) === found && pid !== process.pid) throw inUse(path, pid);
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isError(error, 'ENOENT')) return;
    throw error;
  }
  // The renamed file is the new lock of another process: put it back.
  if (read(aside) !== found) linked(aside, path);
  rmSync(aside, { force: true });
}

/** Pid and, where it can be read, start time: pids are reused. */
function identityOf(pid: number): string {
  const startedAt = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19];
  return `${pid} ${startedAt ?? '-'}\n`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return isError(error, 'EPERM');
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isError(error, 'ENOENT')) return null;
    throw error;
  }
}

function inUse(path: string, pid: number): DatabaseStartError {
  return new DatabaseStartError(
    `The embedded database is in use by process ${pid} (${path}). Stop that one, or set DATABASE_URL ` +
      'to a PostgreSQL server, which several can share.',
  );
}

function isError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
