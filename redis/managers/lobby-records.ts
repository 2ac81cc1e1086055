import { z } from 'zod';
import type { LobbyLease } from '../../domains/account/account-store.ts';
import { type Character, characterSchema } from '../../domains/account/character.ts';
import { readStoredJson, type StoredValue } from './stored-json.ts';

const lobbySchema = z.array(characterSchema);
/** An object, where characters are an array: nobody takes the one for the other. */
const leaseSchema = z.strictObject({ lease: z.string() });
const lobbyCacheSchema = z.union([lobbySchema, leaseSchema]);

export function lobbyText(characters: readonly Character[]): string {
  return JSON.stringify(lobbySchema.parse(characters));
}

export function leaseText(token: string): string {
  return JSON.stringify({ lease: token });
}

/** What the cache holds; null for nothing, and for what cannot be read (logged). */
export function readLobby(
  stored: Pick<StoredValue<unknown>, 'key' | 'log'> & { readonly text: string | null },
): Exclude<LobbyLease, { kind: 'leased' }> | null {
  const found = readStoredJson({ ...stored, schema: lobbyCacheSchema });
  if (found === null) return null;
  if ('lease' in found) return { kind: 'held', by: found.lease };
  return { kind: 'known', characters: found };
}
