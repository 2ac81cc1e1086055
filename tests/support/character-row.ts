import type { Character } from '../../domains/account/character.ts';

/** A finished warrior as the database stores her, with the given changes. */
export function characterRow(change: Partial<Character> = {}): Character {
  return {
    character_id: 1,
    user_id: 7,
    name: 'Anna',
    gender: 'female',
    archetype: 'warrior',
    location_id: 'start_village',
    vitals_snapshot: null,
    created_at: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}
