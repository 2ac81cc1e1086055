import type { AccountContext } from '../account/account-context.ts';
import { characterSheet } from '../account/character-sheet.ts';
import type { SideSetup } from '../combat/battle-session.ts';
import { fighterSheetOf } from '../combat/fighter-sheet.ts';
import type { QueueRequest } from './arena-store.ts';

/** A claimed character as it enters its battle; null for one that has no name yet. */
export function sideSetupOf(
  { charId, userId }: QueueRequest,
  account: AccountContext,
): SideSetup | null {
  const { name } = account.bio;
  if (name === null) return null;
  const returnState = account.state === 'COMBAT' ? 'EXPLORATION' : account.state;
  const character = characterSheet(account);
  const sheet = fighterSheetOf(character);
  return { charId, userId, gs: character.gs, returnState, name, sheet };
}
