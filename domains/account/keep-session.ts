import type { Log } from '../core/log.ts';
import type { MemoOfCharacter, MemoStore } from '../core/memo-store.ts';
import type { AccountContext } from './account-context.ts';

const SET_ASIDE: MemoOfCharacter = 'session';
const SET_ASIDE_S = 30 * 86_400;

export interface KeepSessionDeps {
  readonly memos: Pick<MemoStore, 'write'>;
  readonly log: Log;
}

/** Stores a copy, for an operator, of a session that is about to be deleted without being saved. */
export async function keepSession(
  { memos, log }: KeepSessionDeps,
  charId: number,
  session: AccountContext,
): Promise<void> {
  log.warn({ charId, userId: session.user_id }, 'session set aside');
  await memos.write(SET_ASIDE, String(charId), { value: session, ttlS: SET_ASIDE_S });
}
