/** Small JSON values that outlive the process; missing and unreadable ones read as null. */
export interface MemoStore {
  read(kind: string, id: string): Promise<unknown>;
  write(
    kind: string,
    id: string,
    memo: { readonly value: unknown; readonly ttlS: number },
  ): Promise<void>;
  erase(kind: string, id: string): Promise<void>;
}
