import { beforeEach, expect, test } from 'vitest';
import { InProcessDocuments } from '../../../redis/documents/in-process-documents.ts';
import { AccountManager } from '../../../redis/managers/account-manager.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { lobbyCharacter } from '../../support/account-context.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

describeOnEachRedis('the lobby cache', 1, (redis) => {
  let accounts: AccountManager;
  let log: RecordingLog;

  beforeEach(async () => {
    const { client } = redis();
    await client.flushall();
    log = new RecordingLog();
    accounts = new AccountManager({ client, documents: new InProcessDocuments(new Map()), log });
  });

  test('stores the characters of a user for 600 s as a JSON array', async () => {
    const characters = [lobbyCharacter(1), { ...lobbyCharacter(2), name: null, gender: null }];
    await accounts.setLobbyCache(7, characters);
    expect(await accounts.getLobbyCache(7)).toEqual(characters);
    expect(JSON.parse((await redis().client.get('lobby:user:7')) ?? '')).toEqual(characters);
    const ttlS = await redis().client.ttl('lobby:user:7');
    expect(ttlS).toBeGreaterThan(590);
    expect(ttlS).toBeLessThanOrEqual(600);
  });

  test('distinguishes an empty lobby from a cache miss', async () => {
    expect(await accounts.getLobbyCache(7)).toBeNull();
    await accounts.setLobbyCache(7, []);
    expect(await accounts.getLobbyCache(7)).toEqual([]);
    await accounts.deleteLobbyCache(7);
    expect(await accounts.getLobbyCache(7)).toBeNull();
    expect(log.lines).toEqual([]);
  });

  test.each(['[{', '{}', '[{"character_id":"one"}]'])(
    'reads the broken value %s as a miss, with one line that names the key',
    async (broken) => {
      await redis().client.set('lobby:user:7', broken);
      expect(await accounts.getLobbyCache(7)).toBeNull();
      expect(log.lines.map(({ facts }) => facts['key'])).toEqual(['lobby:user:7']);
    },
  );
});
