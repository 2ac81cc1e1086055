import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ControlError } from './control-error.ts';

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly etag: string;
}

const FOLDER = new URL('../page/', import.meta.url);

const TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
]);

/** Letters, dashes and one dot: no name leads out of the folder. */
const SAFE_NAME = /^(?:[a-z-]+\/)*[a-z-]+\.(?<ending>[a-z]+)$/;

/** A file of the chat page, read from disk on every request. Rejects with a 404 for other names. */
export async function pageFile(name: string): Promise<PageFile> {
  const type = TYPES.get(SAFE_NAME.exec(name)?.groups?.['ending'] ?? '');
  const bytes = type === undefined ? null : await readFile(new URL(name, FOLDER)).catch(() => null);
  if (type === undefined || bytes === null) throw new ControlError(404, 'nothing is here');
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
  return { type, bytes, etag };
}
