import { decode, encode } from './document-text.ts';
import type { Reading, Snapshot, WriteReply } from './documents.ts';

export type Held =
  | { readonly kind: 'document'; readonly tree: unknown; readonly text: string }
  | { readonly kind: 'no_key' }
  | { readonly kind: 'wrong_type'; readonly cause: string };

export interface Outcome<R> {
  readonly reply: R;
  /** The text to store; null deletes the key, absent changes nothing. */
  readonly text?: string | null;
}

/** A pure function of what is stored, so that a store can repeat it. */
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
    return { reply: 'written', text: encode(changed) };
  };
}

export function creating(value: unknown): Step<'created' | 'exists'> {
  const text = encode(value);
  return (held) => (held.kind === 'no_key' ? { reply: 'created', text } : { reply: 'exists' });
}

export function changing(names: Names, decide: (value: unknown) => unknown): Step<Reading> {
  return (held) => {
    const reading = readingOf(held, names);
    if (held.kind !== 'document' || reading.kind !== 'value') return { reply: reading };
    const value: unknown = JSON.parse(encode(decide(reading.value)));
    return { reply: { kind: 'value', value }, text: encode(withPart(held.tree, names, value)) };
  };
}

export function deletingIfUnchanged(stamp: string): Step<boolean> {
  return (held) =>
    held.kind === 'document' && held.text === stamp
      ? { reply: true, text: null }
      : { reply: false };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
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

/** The tree with another part at the path; undefined if the parent is no object. */
function withPart(tree: unknown, names: Names, part: unknown): unknown {
  const [name, ...deeper] = names;
  if (name === undefined) return part;
  if (!isObject(tree)) return undefined;
  const below = Object.hasOwn(tree, name) ? tree[name] : undefined;
  const changed = withPart(below, deeper, part);
  // A computed member, so that `__proto__` is an ordinary name.
  return changed === undefined ? undefined : { ...tree, [name]: changed };
}
