import type { AccountContext } from '../account/account-context.ts';
import type { SideSetup } from '../combat/battle-session.ts';
import { fighterSheetOf } from '../combat/fighter-sheet.ts';
import type { QueueRequest } from './arena-store.ts';

/** A claimed character as it enters its battle; null for one that has no name yet. */
export function sideSetupOf(
  { charId, userId, gs }: QueueRequest,
  account: AccountContext,
): SideSetup | null {
  const { name } = account.bio;
  if (name === null) return null;
  const returnState = account.state === 'COMBAT' ? 'EXPLORATION' : account.state;
  return { charId, userId, gs, returnState, name, sheet: fighterSheetOf(account) };
}
