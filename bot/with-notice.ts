import type { Reply } from '../domains/core/reply.ts';
import type { UiPayload } from '../domains/core/ui-payload.ts';
import type { ArenaContext } from './arena-context.ts';

/** A notice is shown once: as a toast while the query is unanswered, otherwise on the screen. */
export function withNotice(
  reply: Reply,
  { tapAnswer }: Pick<ArenaContext, 'tapAnswer'>,
): UiPayload {
  if (reply.kind === 'shown' || tapAnswer?.showToast(reply.notice) === true) return reply.payload;
  return { ...reply.payload, notice: reply.notice };
}
