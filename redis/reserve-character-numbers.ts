import type { CharactersRepository } from '../domains/account/characters-repository.ts';
import type { Log } from '../domains/core/log.ts';
import { outageOf } from './outage.ts';
import type { RedisClient } from './redis-client.ts';
import { raiseCharacterNumber } from './scripts/raise-character-number.ts';

/**
 * A number never has two owners: where a database begins again while Redis still has the sessions of
 * the former one, the next character gets a number above all of theirs.
 */
export async function reserveCharacterNumbers(
  client: RedisClient,
  characters: Pick<CharactersRepository, 'reserveNumbers'>,
  log: Log,
): Promise<void> {
  const inRedis = await raiseCharacterNumber(client, 0);
  const inDatabase = await characters.reserveNumbers(inRedis);
  if (inDatabase < inRedis) log.warn({ inRedis, inDatabase }, 'database behind redis');
  // A server that refuses writes refuses new sessions as well.
  await raiseCharacterNumber(client, inDatabase).catch((error: unknown) => {
    if ((outageOf(error) ?? 'no answer') === 'no answer') throw error;
  });
}
