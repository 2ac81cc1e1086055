/** `$` is the whole document, `$.a.b` one place in it: the definite paths that every engine has. */
export type Path = '$' | `$.${string}`;

/**
 * What reading a place gives. `unreadable`: the key holds another type or a document that is no
 * JSON; `cause` says which, for the log.
 */
export type Reading =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'no_key' }
  | { readonly kind: 'no_path' }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** A whole document with its stamp: a text that only just this content has. */
export type Snapshot =
  | { readonly kind: 'value'; readonly value: unknown; readonly stamp: string }
  | Exclude<Reading, { readonly kind: 'value' }>;

/**
 * What became of a write; nothing was changed unless it is `written`. `no_parent`: the place above
 * the last name is missing or no object (RedisJSON answers nil there, Valkey an error).
 */
export type WriteReply = 'written' | 'no_key' | 'no_parent' | 'wrong_type';

/** What became of an increment. `no_number`: nothing, or no number, is at the path. */
export type IncrementReply =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'no_key' }
  | { readonly kind: 'no_number' }
  | { readonly kind: 'wrong_type' };

/**
 * JSON documents under keys of their own, each method one atomic step. All engines answer
 * alike, except that the order of members is not kept and that a document whose last member is
 * deleted may be gone (Redis 8) or empty (the others). Trouble with the connection is raised.
 */
export interface Documents {
  /**
   * At `$` creates or replaces the document; below, never creates a key. What is changed below `$`
   * changes no TTL; of a document that is replaced it stays, or not (Valkey).
   */
  set(key: string, path: Path, value: unknown): Promise<WriteReply>;
  /** Creates the document if the key holds nothing at all. */
  create(key: string, value: unknown): Promise<'created' | 'exists'>;
  get(key: string, path: Path): Promise<Reading>;
  /** True if there was something to delete. */
  del(key: string, path: Path): Promise<boolean>;
  numIncrBy(key: string, path: Path, by: number): Promise<IncrementReply>;
  /**
   * Puts what `decide` makes of the value at the path in its place, and answers that; where there is
   * no value, why. `decide` is asked again if the value changed meanwhile; what it raises is raised.
   */
  change(key: string, path: Path, decide: (value: unknown) => unknown): Promise<Reading>;
  /** The whole document, with a stamp for `delIfStill`. */
  snapshot(key: string): Promise<Snapshot>;
  /** Deletes the whole document if it is still what the stamp was taken of; true if it did. */
  delIfUnchanged(key: string, stamp: string): Promise<boolean>;
}

/** A write that must not pass in silence: the document is not what its owner takes it for. */
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
