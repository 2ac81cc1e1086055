import { utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the lock of a process that was killed or frozen look as old as it is ten seconds later. */
export function ageLock(dataDir: string): void {
  const before = new Date(Date.now() - 60_000);
  utimesSync(join(dataDir, 'lock'), before, before);
}
