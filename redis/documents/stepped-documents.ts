import { namesOf } from './definite-path.ts';
import {
  type Held,
  type Step,
  adding,
  changing,
  creating,
  deleting,
  deletingIfUnchanged,
  readingOf,
  setting,
  snapshotOf,
} from './document-steps.ts';
import type {
  Documents,
  IncrementReply,
  Path,
  Reading,
  Snapshot,
  WriteReply,
} from './documents.ts';

/** Documents where no server knows JSON: what a step makes of one is decided here, by one set of rules. */
export abstract class SteppedDocuments implements Documents {
  /** Loads, decides and keeps, as one atomic step. */
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

  async del(key: string, path: Path): Promise<boolean> {
    return this.carryOut(key, deleting(namesOf(path)));
  }

  async numIncrBy(key: string, path: Path, by: number): Promise<IncrementReply> {
    return this.carryOut(key, adding(namesOf(path), by));
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
