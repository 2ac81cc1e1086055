import type { AccountAction } from '../../domains/account/account-action.ts';
import type { Reply } from '../../domains/core/reply.ts';
import type { AccountServices } from './account-services.ts';

/** The user who taps. */
export const ME = 7;

/** A reply as text: its screen, and `!` with the notice of a refusal. */
export function lineOf(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `${screen} !${reply.notice.key}`;
}

export async function taps(
  services: AccountServices,
  ...actions: AccountAction[]
): Promise<string[]> {
  const replies: string[] = [];
  for (const action of actions) replies.push(lineOf(await services.router.act(ME, action)));
  return replies;
}
