import { type AccountContext, archetypes } from '../../domains/account/account-context.ts';
import { contextOf } from '../../domains/account/account-session-service.ts';

/** A live session of a finished character; the archetype depends on the id. */
export function finishedSession(charId: number, userId: number): AccountContext {
  return contextOf({
    character_id: charId,
    user_id: userId,
    name: `Fighter ${charId}`,
    gender: 'male',
    archetype: archetypes[charId % archetypes.length] ?? 'warrior',
    location_id: 'start_village',
    vitals_snapshot: null,
    created_at: '2026-01-01T00:00:00Z',
  });
}
