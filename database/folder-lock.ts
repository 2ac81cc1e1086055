import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { check, lock } from 'proper-lockfile';
import type { Log } from '../domains/core/log.ts';

/** A lock that was not renewed for so long is taken over: its process was killed or is frozen. */
const STALE_MS = 10_000;
const RENEW_MS = 2_000;
const untilStale = { retries: 1 + STALE_MS / RENEW_MS, factor: 1, minTimeout: RENEW_MS };

export interface FolderLockOptions {
  readonly log: Log;
  /** Another process has taken the folder: must end this one. By default an uncaught error does. */
  readonly onFolderLost?: (() => void) | undefined;
}

/**
 * Makes the folder and locks it: two processes in one folder would destroy it. The lock is renewed on
 * the disk, because containers do not see each other's processes. Returns the release.
 */
export async function lockFolder(
  folder: string,
  { log, onFolderLost }: FolderLockOptions,
): Promise<() => Promise<void>> {
  await makeFolder(folder);
  const onCompromised = (err: Error) => {
    log.error({ folder, err }, 'data folder lost to another process');
    if (onFolderLost === undefined) throw err;
    onFolderLost();
  };
  const lockfilePath = join(folder, 'lock');
  const options = { lockfilePath, stale: STALE_MS, update: RENEW_MS, onCompromised };
  const release = await lock(folder, options).catch((error: unknown) => {
    if (!isHeld(error)) throw error;
    log.info({ folder }, 'waiting for data folder');
    return lock(folder, { ...options, retries: untilStale });
  });
  // A second release does nothing; a lock that cannot be removed becomes stale.
  return () => release().catch(() => undefined);
}

/** Whether another process uses the folder, or was killed a moment ago. */
export async function isLocked(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  return check(folder, { lockfilePath: join(folder, 'lock'), stale: STALE_MS });
}

/** `mkdir` with `recursive` never returns where a parent refuses new folders, as `/proc` does. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder, { mode: 0o700 });
}

export function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}
