/**
 * Small JSON values that outlive the process, by kind and id: the present screen of a chat,
 * a conversation under way. Absent and broken values read as null; who reads parses them.
 */
export interface MemoStore {
  read(kind: string, id: string): Promise<unknown>;
  write(
    kind: string,
    id: string,
    memo: { readonly value: unknown; readonly ttlS: number },
  ): Promise<void>;
  erase(kind: string, id: string): Promise<void>;
  /** Takes the memo's place for at most so long; null if another has it. Answers how to give it back. */
  hold(kind: string, id: string, forMs: number): Promise<(() => Promise<void>) | null>;
}
