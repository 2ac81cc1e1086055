import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** null in the fast mode, which starts no servers. */
export function findProgram(...names: readonly string[]): string | null {
  if (process.env['ARENA_TEST_MODE'] === 'fast') return null;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find(isExecutable) ?? null;
}

export function findChromium(): string | null {
  return findProgram('chromium', 'chromium-browser', 'google-chrome');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
