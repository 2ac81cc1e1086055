import { namesOf } from './definite-path.ts';
import { decode, encode } from './document-text.ts';
import type {
  Documents,
  IncrementReply,
  Path,
  Reading,
  Snapshot,
  WriteReply,
} from './documents.ts';

/** The synchronous key space of the stand-in, expiry included; reads and writes are copies. */
export interface KeySpace {
  has(key: string): boolean;
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/**
 * Marks a value of the key space as a document. The text below it keeps what is stored apart from
 * what callers hold; a symbol survives the key space's copying and no other command writes it.
 */
const TEXT = Symbol('document');

type Stored =
  | { readonly kind: 'tree'; readonly tree: unknown }
  | { readonly kind: 'no_key' }
  | { readonly kind: 'wrong_type' };

/**
 * Documents beside the keys of the in-process stand-in: EXISTS, DEL, EXPIRE, TTL and FLUSHALL work
 * on them as on any key. Every method reads and writes without a pause, so each is one atomic step.
 */
export class InProcessDocuments implements Documents {
  readonly #space: KeySpace;

  constructor(space: KeySpace) {
    this.#space = space;
  }

  /** For TYPE, which the stand-in cannot answer for a document. */
  holds(key: string): boolean {
    return this.#load(key).kind === 'tree';
  }

  async set(key: string, path: Path, value: unknown): Promise<WriteReply> {
    const names = namesOf(path);
    const part: unknown = JSON.parse(encode(value));
    return settled(() => {
      const stored = this.#load(key);
      if (stored.kind === 'wrong_type') return 'wrong_type';
      if (stored.kind === 'no_key' && names.length > 0) return 'no_key';
      const tree = stored.kind === 'tree' ? stored.tree : null;
      const changed = withPart(tree, names, part);
      if (changed === undefined) return 'no_parent';
      this.#store(key, changed);
      return 'written';
    });
  }

  async get(key: string, path: Path): Promise<Reading> {
    return settled(() => this.#read(key, namesOf(path)));
  }

  async del(key: string, path: Path): Promise<boolean> {
    const names = namesOf(path);
    return settled(() => {
      const stored = this.#load(key);
      if (stored.kind === 'wrong_type') throw new TypeError(`${key} holds no document`);
      if (stored.kind === 'no_key') return false;
      if (partAt(stored.tree, names) === undefined) return false;
      if (names.length === 0) this.#space.delete(key);
      else this.#store(key, withoutPart(stored.tree, names));
      return true;
    });
  }

  async numIncrBy(key: string, path: Path, by: number): Promise<IncrementReply> {
    const names = namesOf(path);
    return settled(() => {
      const stored = this.#load(key);
      if (stored.kind !== 'tree') return { kind: stored.kind };
      const number = partAt(stored.tree, names);
      if (typeof number !== 'number') return { kind: 'no_number' };
      const value = number + by;
      this.#store(key, withPart(stored.tree, names, value));
      return { kind: 'value', value };
    });
  }

  async mget(keys: readonly string[], path: Path): Promise<Reading[]> {
    const names = namesOf(path);
    return settled(() => keys.map((key) => this.#read(key, names)));
  }

  async snapshot(key: string): Promise<Snapshot> {
    return settled(() => {
      const reading = this.#read(key, []);
      return reading.kind === 'value' ? { ...reading, stamp: encode(reading.value) } : reading;
    });
  }

  async delIfStill(key: string, stamp: string): Promise<boolean> {
    return settled(() => {
      const stored = this.#load(key);
      if (stored.kind !== 'tree' || encode(stored.tree) !== stamp) return false;
      this.#space.delete(key);
      return true;
    });
  }

  #read(key: string, names: readonly string[]): Reading {
    const stored = this.#load(key);
    if (stored.kind === 'no_key') return stored;
    if (stored.kind === 'wrong_type') return { kind: 'unreadable', cause: 'no document' };
    const value = partAt(stored.tree, names);
    return value === undefined ? { kind: 'no_path' } : { kind: 'value', value };
  }

  #load(key: string): Stored {
    // Asking first lets the key space drop an expired key together with its TTL.
    if (!this.#space.has(key)) return { kind: 'no_key' };
    const held = this.#space.get(key);
    if (!isMarked(held)) return { kind: 'wrong_type' };
    const decoded = decode(held[TEXT]);
    return decoded.kind === 'value'
      ? { kind: 'tree', tree: decoded.value }
      : { kind: 'wrong_type' };
  }

  #store(key: string, tree: unknown): void {
    this.#space.set(key, { [TEXT]: encode(tree) });
  }
}

/** What happens happens now and at once; only the answer comes later, as from a server. */
function settled<T>(step: () => T): Promise<T> {
  return Promise.resolve(step());
}

function isMarked(held: unknown): held is { readonly [TEXT]: string } {
  return typeof held === 'object' && held !== null && TEXT in held;
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part at the path; undefined, which JSON does not have, if there is none. */
function partAt(tree: unknown, names: readonly string[]): unknown {
  let part = tree;
  for (const name of names) {
    if (!isObject(part) || !Object.hasOwn(part, name)) return undefined;
    part = part[name];
  }
  return part;
}

/** The tree with another part at the path; undefined if the place above it is no object. */
function withPart(tree: unknown, names: readonly string[], part: unknown): unknown {
  const [name, ...deeper] = names;
  if (name === undefined) return part;
  if (!isObject(tree)) return undefined;
  const below = Object.hasOwn(tree, name) ? tree[name] : undefined;
  const changed = withPart(below, deeper, part);
  // A computed member, so that `__proto__` is a name like any other.
  return changed === undefined ? undefined : { ...tree, [name]: changed };
}

function withoutPart(tree: unknown, names: readonly string[]): unknown {
  const [name, ...deeper] = names;
  if (name === undefined || !isObject(tree)) return tree;
  if (deeper.length > 0) return { ...tree, [name]: withoutPart(tree[name], deeper) };
  return Object.fromEntries(Object.entries(tree).filter(([other]) => other !== name));
}
