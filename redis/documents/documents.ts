/** `$` is the whole document, `$.a.b` a part of it: the definite paths, which every engine supports. */
export type Path = '$' | `$.${string}`;

/** `unreadable`: the key holds another type or invalid JSON; `cause` says which, for the log. */
export type Reading =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'no_key' }
  | { readonly kind: 'no_path' }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** A whole document with its stamp: a text that only this content has. */
export type Snapshot =
  | { readonly kind: 'value'; readonly value: unknown; readonly stamp: string }
  | Exclude<Reading, { readonly kind: 'value' }>;

/** Nothing was changed unless it is `written`. `no_parent`: the parent is missing or no object. */
export type WriteReply = 'written' | 'no_key' | 'no_parent' | 'wrong_type';

/**
 * JSON documents, one a key; each method is one atomic step. All engines reply alike, except for the
 * order of members. Connection errors are rethrown.
 */
export interface Documents {
  /**
   * At `$` creates or replaces the document, whose TTL stays or not (Valkey). Below, never creates a
   * key and never changes a TTL.
   */
  set(key: string, path: Path, value: unknown): Promise<WriteReply>;
  /** Creates the document if there is no such key. */
  create(key: string, value: unknown): Promise<'created' | 'exists'>;
  get(key: string, path: Path): Promise<Reading>;
  /**
   * Replaces the value at the path by what `decide` makes of it, and returns the new value, or why there
   * is none. `decide` is called again if the value changed meanwhile; its errors are rethrown.
   */
  change(key: string, path: Path, decide: (value: unknown) => unknown): Promise<Reading>;
  /** The whole document, with a stamp for `delIfUnchanged`. */
  snapshot(key: string): Promise<Snapshot>;
  /** Deletes the document if it still has this stamp; true if it did. */
  delIfUnchanged(key: string, stamp: string): Promise<boolean>;
}

/** A failed write: the document is not what the caller expects. */
export class DocumentWriteError extends Error {
  override readonly name = 'DocumentWriteError';
  readonly key: string;
  readonly path: Path;
  readonly reason: 'no_key' | 'no_path' | 'no_parent' | 'wrong_type' | 'unreadable';

  constructor(key: string, path: Path, reason: DocumentWriteError['reason']) {
    super(`Nothing was written at ${path} of ${key}: ${reason}`);
    this.key = key;
    this.path = path;
    this.reason = reason;
  }
}
