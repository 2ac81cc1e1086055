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

/** Kinds of memos whose id is a user's; an erasure deletes them. */
export const memosOfUser = ['screen', 'blocked', 'support', 'mydata', 'curve', 'admin'] as const;
/** Kinds of memos whose id is a character's; an erasure deletes them. */
export const memosOfCharacter = ['onboarding_step', 'session', 'map'] as const;
export type MemoOfUser = (typeof memosOfUser)[number];
export type MemoOfCharacter = (typeof memosOfCharacter)[number];
