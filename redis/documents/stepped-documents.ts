import { namesOf } from './definite-path.ts';
import {
  type Held,
  type Step,
  changing,
  creating,
  deletingIfUnchanged,
  readingOf,
  setting,
  snapshotOf,
} from './document-steps.ts';
import type { Documents, Path, Reading, Snapshot, WriteReply } from './documents.ts';

/** Documents in stores without JSON commands: each operation is a step computed in this process. */
export abstract class SteppedDocuments implements Documents {
  /** Loads, computes and stores, atomically. */
  protected abstract carryOut<R>(key: string, step: Step<R>): Promise<R>;
  protected abstract load(key: string): Promise<Held>;

  async set(key: string, path: Path, value: unknown): Promise<WriteReply> {
    return this.carryOut(key, setting(namesOf(path), value));
  }

  async create(key: string, value: unknown): Promise<'created' | 'exists'> {
    return this.carryOut(key, creating(value));
  }

  async get(key: string, path: Path): Promise<Reading> {
    const names = namesOf(path);
    return readingOf(await this.load(key), names);
  }

  async change(key: string, path: Path, decide: (value: unknown) => unknown): Promise<Reading> {
    return this.carryOut(key, changing(namesOf(path), decide));
  }

  async snapshot(key: string): Promise<Snapshot> {
    return snapshotOf(await this.load(key));
  }

  async delIfUnchanged(key: string, stamp: string): Promise<boolean> {
    return this.carryOut(key, deletingIfUnchanged(stamp));
  }
}
