import {
  ACCOUNT_VERSION,
  type AccountContext,
  noGear,
} from '../../domains/account/account-context.ts';
import type { Character } from '../../domains/account/character.ts';

export function accountContext(change: Partial<AccountContext> = {}): AccountContext {
  return {
    schema: ACCOUNT_VERSION,
    user_id: 1_042,
    state: 'EXPLORATION',
    bio: { name: 'Aragorn', gender: 'male', created_at: '2025-01-20T10:30:00Z' },
    location: { current: 'start_village', prev: null },
    stats: {
      hp: { cur: 100, max: 100 },
      mp: { cur: 50, max: 50 },
      stamina: { cur: 100, max: 100 },
    },
    attributes: {
      strength: 8,
      agility: 8,
      endurance: 8,
      intelligence: 8,
      wisdom: 8,
      men: 8,
      perception: 8,
      charisma: 8,
      luck: 8,
    },
    sessions: { combat_id: null, inventory_id: null, scenario_id: null },
    skills: {},
    gear: noGear,
    loadout: null,
    ...change,
  };
}

export function lobbyCharacter(charId: number): Character {
  return {
    character_id: charId,
    user_id: 7,
    name: `Hero ${charId}`,
    gender: 'female',
    archetype: 'mystic',
    location_id: 'start_village',
    vitals_snapshot: accountContext().stats,
    created_at: '2025-01-20T10:30:00Z',
  };
}

/** As release 0.5.0 stored it: without version, gear, loadout and story. */
export function firstVersionOf(account: AccountContext): Record<string, unknown> {
  const later = new Set(['schema', 'gear', 'loadout']);
  const fields = Object.entries(secondVersionOf(account)).filter(([field]) => !later.has(field));
  return Object.fromEntries(fields);
}

/** As release 0.7.0 stored it: without story. */
export function secondVersionOf(account: AccountContext): Record<string, unknown> {
  const { combat_id, inventory_id } = account.sessions;
  return { ...account, schema: 2, sessions: { combat_id, inventory_id } };
}
