/**
 * Small JSON values that outlive the process, by kind and id (such as an open conversation). Missing
 * and unreadable values read as null; the reader validates them.
 */
export interface MemoStore {
  read(kind: string, id: string): Promise<unknown>;
  write(
    kind: string,
    id: string,
    memo: { readonly value: unknown; readonly ttlS: number },
  ): Promise<void>;
  erase(kind: string, id: string): Promise<void>;
}
