import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseStartError } from './database-start-error.ts';

/** Locks of this process: a stale one from before a restart may carry our own pid. */
const held = new Set<string>();

/**
 * Takes the lock file for this process, or raises a `DatabaseStartError`: two processes in one
 * folder would destroy it. One that a dead process has left is taken over. Returns what gives it
 * back.
 */
export function lockFile(path: string): () => void {
  if (held.has(path)) throw inUse(path, process.pid);
  // Linked and not written: nobody sees it half done.
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

/** False if somebody's lock is there already. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isError(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Moved away first: of two who find it stale, one moves it, and the other looks again. */
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
  // Somebody was quicker, and what we moved is his: it goes back.
  if (read(aside) !== found) linked(aside, path);
  rmSync(aside, { force: true });
}

/** A pid is used again some day; with the time of its start (where it can be read) it is not. */
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
