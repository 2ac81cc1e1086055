/**
 * Small JSON values that outlive the process, by kind and id: a conversation under
 * way. Absent and broken values read as null; who reads parses them.
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
