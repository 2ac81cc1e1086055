import { beforeEach, expect, test } from 'vitest';
import { InProcessDocuments } from '../../../redis/documents/in-process-documents.ts';
import { AccountManager } from '../../../redis/managers/account-manager.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { lobbyCharacter } from '../../support/redis-account.ts';
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

  test("keeps a user's characters for 600 s as a JSON array", async () => {
    const characters = [lobbyCharacter(1), { ...lobbyCharacter(2), name: null, gender: null }];
    await accounts.setLobbyCache(7, characters);
    expect(await accounts.getLobbyCache(7)).toEqual(characters);
    expect(JSON.parse((await redis().client.get('lobby:user:7')) ?? '')).toEqual(characters);
    const ttlS = await redis().client.ttl('lobby:user:7');
    expect(ttlS).toBeGreaterThan(590);
    expect(ttlS).toBeLessThanOrEqual(600);
  });

  test('tells an empty lobby from a miss', async () => {
    expect(await accounts.getLobbyCache(7)).toBeNull();
    await accounts.setLobbyCache(7, []);
    expect(await accounts.getLobbyCache(7)).toEqual([]);
    await accounts.deleteLobbyCache(7);
    expect(await accounts.getLobbyCache(7)).toBeNull();
    expect(log.lines).toEqual([]);
  });

  test('a lease is a miss like any other, and whoever meets it learns whose it is', async () => {
    expect(await accounts.leaseLobbyCache(7, 'one')).toEqual({ kind: 'leased' });
    expect(await accounts.leaseLobbyCache(7, 'two')).toEqual({ kind: 'held', by: 'one' });
    expect(await accounts.getLobbyCache(7)).toBeNull();
    const ttlS = await redis().client.ttl('lobby:user:7');
    expect([ttlS > 0, ttlS <= 5]).toEqual([true, true]);
    expect(log.lines).toEqual([]);
  });

  test('of many leases at once one is given', async () => {
    const tokens = ['a', 'b', 'c', 'd', 'e'];
    const leases = await Promise.all(tokens.map((token) => accounts.leaseLobbyCache(7, token)));
    const given = leases.findIndex(({ kind }) => kind === 'leased');
    const held = { kind: 'held', by: tokens[given] };
    expect(leases.toSpliced(given, 1)).toEqual([held, held, held, held]);
  });

  test('is filled by the holder of the lease, once, for 600 s', async () => {
    await accounts.leaseLobbyCache(7, 'one');
    expect(await accounts.fillLobbyCache(7, 'two', [])).toBe('lost');
    expect(await accounts.getLobbyCache(7)).toBeNull();
    expect(await accounts.fillLobbyCache(7, 'one', [lobbyCharacter(1)])).toBe('filled');
    expect(await accounts.fillLobbyCache(7, 'one', [])).toBe('lost');
    expect(await accounts.leaseLobbyCache(7, 'three')).toEqual({
      kind: 'known',
      characters: [lobbyCharacter(1)],
    });
    expect(await redis().client.ttl('lobby:user:7')).toBeGreaterThan(590);
  });

  test('that was deleted is not filled by whoever read before', async () => {
    await accounts.leaseLobbyCache(7, 'one');
    await accounts.deleteLobbyCache(7);
    expect(await accounts.fillLobbyCache(7, 'one', [])).toBe('lost');
    await accounts.leaseLobbyCache(7, 'two');
    expect(await accounts.fillLobbyCache(7, 'one', [])).toBe('lost');
    expect(await accounts.fillLobbyCache(7, 'two', [])).toBe('filled');
  });

  test('a value that cannot be read gives way to a lease', async () => {
    await redis().client.set('lobby:user:7', '[{');
    expect(await accounts.leaseLobbyCache(7, 'one')).toEqual({ kind: 'leased' });
    expect(await accounts.fillLobbyCache(7, 'one', [])).toBe('filled');
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
