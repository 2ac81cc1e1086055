import type { Path } from '../../redis/documents/documents.ts';

type Members = Map<string, Part>;
type Part = Members | Part[] | string | number | boolean | null;

export interface DocumentCommands {
  set(key: string, path: Path, value: unknown): Promise<unknown>;
  get(key: string, path: Path): Promise<unknown>;
  change(key: string, path: Path, decide: (value: unknown) => unknown): Promise<unknown>;
}

/** A reference implementation over maps, independent of the engines. */
export class DocumentModel implements DocumentCommands {
  readonly #roots = new Map<string, Part>();

  set(key: string, path: Path, value: unknown): Promise<string> {
    const { above, name } = this.#placeOf(key, path);
    if (name === null) this.#roots.set(key, partOf(value));
    else if (!this.#roots.has(key)) return Promise.resolve('no_key');
    else if (above === null) return Promise.resolve('no_parent');
    else above.set(name, partOf(value));
    return Promise.resolve('written');
  }

  get(key: string, path: Path): Promise<unknown> {
    if (!this.#roots.has(key)) return Promise.resolve({ kind: 'no_key' });
    const part = this.#at(key, path);
    return Promise.resolve(part === undefined ? { kind: 'no_path' } : valueReply(part));
  }

  async change(key: string, path: Path, decide: (value: unknown) => unknown): Promise<unknown> {
    if (!this.#roots.has(key)) return { kind: 'no_key' };
    const part = this.#at(key, path);
    if (part === undefined) return { kind: 'no_path' };
    const made = partOf(decide(plain(part)));
    await this.set(key, path, plain(made));
    return valueReply(made);
  }

  #at(key: string, path: Path): Part | undefined {
    const { above, name } = this.#placeOf(key, path);
    return name === null ? this.#roots.get(key) : above?.get(name);
  }

  /** The object that contains the last name, null if there is none; `$` has no last name. */
  #placeOf(key: string, path: Path): { above: Members | null; name: string | null } {
    const names = path.split('.').slice(1);
    const name = names.pop() ?? null;
    let part = this.#roots.get(key);
    for (const one of names) part = part instanceof Map ? part.get(one) : undefined;
    return { above: part instanceof Map ? part : null, name };
  }
}

function valueReply(part: Part) {
  return { kind: 'value', value: plain(part) };
}

function partOf(value: unknown): Part {
  if (Array.isArray(value)) return value.map(partOf);
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([name, part]) => [name, partOf(part)]));
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  // JSON.stringify writes negative zero as 0.
  if (typeof value === 'number') return value === 0 ? 0 : value;
  throw new TypeError(`JSON has no ${typeof value}`);
}

function plain(part: Part): unknown {
  if (Array.isArray(part)) return part.map(plain);
  if (!(part instanceof Map)) return part;
  return Object.fromEntries([...part].map(([name, below]) => [name, plain(below)]));
}

/** Two values have the same text only if they are equal, apart from the order of members. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, part]) => [JSON.stringify(name), part] as const,
  );
  const sorted = members.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([name, part]) => `${name}:${canonical(part)}`).join()}}`;
}
