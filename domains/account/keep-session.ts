import type { MemoOfCharacter, MemoStore } from '../core/memo-store.ts';
import type { AccountContext } from './account-context.ts';

const SET_ASIDE: MemoOfCharacter = 'session';
const SET_ASIDE_S = 30 * 86_400;

/** Stores a copy, for an operator, of a session that is about to be deleted without being saved. */
export async function keepSession(
  memos: Pick<MemoStore, 'write'>,
  charId: number,
  session: AccountContext,
): Promise<void> {
  await memos.write(SET_ASIDE, String(charId), { value: session, ttlS: SET_ASIDE_S });
}
