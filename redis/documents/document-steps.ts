import { decode, encode } from './document-text.ts';
import type { IncrementReply, Reading, Snapshot, WriteReply } from './documents.ts';

/** What a key holds, as a step finds it. */
export type Held =
  | { readonly kind: 'document'; readonly tree: unknown; readonly text: string }
  | { readonly kind: 'no_key' }
  | { readonly kind: 'wrong_type'; readonly cause: string };

/** What a step answers, and the text to be kept from now on: null is no key at all. */
export interface Outcome<R> {
  readonly reply: R;
  /** Absent where nothing changes. */
  readonly kept?: string | null;
}

/** Decides on what is held, and on nothing else: whoever keeps documents can repeat it. */
export type Step<R> = (held: Held) => Outcome<R>;

type Names = readonly string[];

export function heldIn(text: string): Held {
  const decoded = decode(text);
  return decoded.kind === 'value'
    ? { kind: 'document', tree: decoded.value, text }
    : { kind: 'wrong_type', cause: 'no JSON' };
}

export function readingOf(held: Held, names: Names): Reading {
  if (held.kind === 'no_key') return held;
  if (held.kind === 'wrong_type') return { kind: 'unreadable', cause: held.cause };
  const value = partAt(held.tree, names);
  return value === undefined ? { kind: 'no_path' } : { kind: 'value', value };
}

export function snapshotOf(held: Held): Snapshot {
  if (held.kind === 'no_key') return held;
  if (held.kind === 'wrong_type') return { kind: 'unreadable', cause: held.cause };
  return { kind: 'value', value: held.tree, stamp: held.text };
}

export function setting(names: Names, value: unknown): Step<WriteReply> {
  const part: unknown = JSON.parse(encode(value));
  return (held) => {
    if (held.kind === 'wrong_type') return { reply: 'wrong_type' };
    if (held.kind === 'no_key' && names.length > 0) return { reply: 'no_key' };
    const changed = withPart(held.kind === 'document' ? held.tree : null, names, part);
    if (changed === undefined) return { reply: 'no_parent' };
    return { reply: 'written', kept: encode(changed) };
  };
}

export function creating(value: unknown): Step<'created' | 'exists'> {
  const text = encode(value);
  return (held) =>
    held.kind === 'no_key' ? { reply: 'created', kept: text } : { reply: 'exists' };
}

export function deleting(names: Names): Step<boolean> {
  return (held) => {
    if (held.kind === 'wrong_type') throw new TypeError(`Not a document, but ${held.cause}`);
    if (held.kind === 'no_key' || partAt(held.tree, names) === undefined) return { reply: false };
    const kept = names.length === 0 ? null : encode(withoutPart(held.tree, names));
    return { reply: true, kept };
  };
}

export function adding(names: Names, by: number): Step<IncrementReply> {
  return (held) => {
    if (held.kind !== 'document') return { reply: { kind: held.kind } };
    const number = partAt(held.tree, names);
    if (typeof number !== 'number') return { reply: { kind: 'no_number' } };
    const value = number + by;
    return { reply: { kind: 'value', value }, kept: encode(withPart(held.tree, names, value)) };
  };
}

export function changing(names: Names, decide: (value: unknown) => unknown): Step<Reading> {
  return (held) => {
    const reading = readingOf(held, names);
    if (held.kind !== 'document' || reading.kind !== 'value') return { reply: reading };
    const value: unknown = JSON.parse(encode(decide(reading.value)));
    return { reply: { kind: 'value', value }, kept: encode(withPart(held.tree, names, value)) };
  };
}

export function deletingIfUnchanged(stamp: string): Step<boolean> {
  return (held) =>
    held.kind === 'document' && held.text === stamp
      ? { reply: true, kept: null }
      : { reply: false };
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part at the path; undefined, which JSON does not have, if there is none. */
function partAt(tree: unknown, names: Names): unknown {
  let part = tree;
  for (const name of names) {
    if (!isObject(part) || !Object.hasOwn(part, name)) return undefined;
    part = part[name];
  }
  return part;
}

/** The tree with another part at the path; undefined if the place above it is no object. */
function withPart(tree: unknown, names: Names, part: unknown): unknown {
  const [name, ...deeper] = names;
  if (name === undefined) return part;
  if (!isObject(tree)) return undefined;
  const below = Object.hasOwn(tree, name) ? tree[name] : undefined;
  const changed = withPart(below, deeper, part);
  // A computed member, so that `__proto__` is a name like any other.
  return changed === undefined ? undefined : { ...tree, [name]: changed };
}

function withoutPart(tree: unknown, names: Names): unknown {
  const [name, ...deeper] = names;
  if (name === undefined || !isObject(tree)) return tree;
  if (deeper.length > 0) return { ...tree, [name]: withoutPart(tree[name], deeper) };
  return Object.fromEntries(Object.entries(tree).filter(([other]) => other !== name));
}
