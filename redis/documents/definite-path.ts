import type { Path } from './documents.ts';

/** Names that need no brackets, which servers parse differently. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The names of a definite path, outermost first; none for `$`. Raises on anything else. */
export function namesOf(path: Path): string[] {
  if (path === '$') return [];
  const names = path.slice(2).split('.');
  if (path.startsWith('$.') && names.every((name) => NAME.test(name))) return names;
  throw new TypeError(`Not a definite path ($ or $.a.b): ${JSON.stringify(path)}`);
}

export function parentOf(path: Path): Path | null {
  const names = namesOf(path);
  if (names.length === 0) return null;
  return names.length === 1 ? '$' : `$.${names.slice(0, -1).join('.')}`;
}
