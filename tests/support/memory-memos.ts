import type { MemoStore } from '../../domains/core/memo-store.ts';

/** Memos in memory, without a lifetime. */
export class MemoryMemos extends Map<string, unknown> implements MemoStore {
  read(kind: string, id: string): Promise<unknown> {
    return Promise.resolve(this.get(`${kind}:${id}`) ?? null);
  }

  write(kind: string, id: string, { value }: { readonly value: unknown }): Promise<void> {
    this.set(`${kind}:${id}`, value);
    return Promise.resolve();
  }

  erase(kind: string, id: string): Promise<void> {
    this.delete(`${kind}:${id}`);
    return Promise.resolve();
  }
}
