import type { RedisClient } from '../../redis/redis-client.ts';
import { beforeEach, expect, test } from 'vitest';
import type { Character } from '../../domains/account/character.ts';
import { systemEntropy } from '../../bot/system.ts';
import { AccountSessionService } from '../../domains/account/account-session-service.ts';
import { LobbyService } from '../../domains/account/lobby-service.ts';
import { InProcessDocuments } from '../../redis/documents/in-process-documents.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { createServerClient } from '../../redis/server-client.ts';
import { FixedClock } from '../support/clock.ts';
import { HeldLoads } from '../support/held-loads.ts';
import { MemoryCharactersRepository } from '../support/memory-characters-repository.ts';
import { MemorySavedSessions } from '../support/memory-saved-sessions.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { describeOnEachRedis, describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';

const ME = 7;

describeOnEachRedis('the lobby of two processes', 2, (redis) => {
  beforeEach(() => redis().client.flushall());

  test('a hundred taps at once on a cold cache read the database twice, and the next not at all', async () => {
    const { characters, lobbies, loads } = await processesOn(redis().clients);
    characters.listOf = loads.load;
    const readers = Array.from({ length: 100 }, (_, n) =>
      lobbies[n % 2 === 0 ? 0 : 1].getCharactersList(ME),
    );
    // Every tap has asked Redis all that it will ask: a connection answers in order.
    for (let turns = 0; turns < 3; turns += 1) await answered(redis().clients);
    await loads.begun(2);
    loads.answer([]);
    loads.answer([]);
    for (const list of await Promise.all(readers)) expect(list).toEqual([]);
    for (const lobby of lobbies) expect(await lobby.getCharactersList(ME)).toEqual([]);
    expect(loads.count()).toBe(2);
  });

  test('a list read before a delete is not put into the cache after it', async () => {
    const { characters, lobbies, loads } = await processesOn(redis().clients);
    const [slow, quick] = lobbies;
    const before = await characters.listOf(ME);
    const listOf = characters.listOf.bind(characters);
    characters.listOf = loads.load;
    const late = slow.getCharactersList(ME);
    await loads.begun(1);
    characters.listOf = listOf;
    expect(await quick.deleteCharacter(ME, before[0]?.character_id ?? 0)).toBe('deleted');
    loads.answer(before);
    expect(await late).toEqual(before);
    for (const lobby of lobbies) expect(await lobby.getCharactersList(ME)).toEqual([]);
  });

  test('nor does it take the place of one that was read after the delete', async () => {
    const { characters, lobbies, loads } = await processesOn(redis().clients);
    const [slow, quick] = lobbies;
    const before = await characters.listOf(ME);
    const listOf = characters.listOf.bind(characters);
    characters.listOf = loads.load;
    const late = slow.getCharactersList(ME);
    await loads.begun(1);
    characters.listOf = listOf;
    await quick.deleteCharacter(ME, before[0]?.character_id ?? 0);
    expect(await quick.getCharactersList(ME)).toEqual([]);
    loads.answer(before);
    await late;
    for (const lobby of lobbies) expect(await lobby.getCharactersList(ME)).toEqual([]);
  });

  test('after many creations, deletions and readings at once both show what there is', async () => {
    const { characters, lobbies } = await processesOn(redis().clients);
    for (let round = 0; round < 20; round += 1) {
      const known = await characters.listOf(ME);
      const reads = Array.from({ length: 10 }, (_, n) =>
        lobbies[n % 2 === 0 ? 0 : 1].getCharactersList(ME),
      );
      const changes = lobbies.map((lobby, n) => changed(lobby, known[n]));
      await Promise.all([...reads, ...changes]);
      for (const lobby of lobbies) {
        expect(await lobby.getCharactersList(ME)).toEqual(await characters.listOf(ME));
      }
    }
  });
});

describeOnRedisServer('the lobby, when Redis goes away', () => {
  test('is read from the database, which is told once', async () => {
    const server = await startRedisServer();
    const log = new RecordingLog();
    const client = createServerClient(server.url, log);
    try {
      const { characters, lobbies } = await processesOn([client], log);
      await lobbies[0].getCharactersList(ME);
      await server.stop();
      await characters.createShell({ userId: ME, createdAt: '2026-01-01T00:00:00Z', limit: 4 });
      const lists = await Promise.all([1, 2, 3].map(() => lobbies[0].getCharactersList(ME)));
      expect(lists.map((list) => list.length)).toEqual([2, 2, 2]);
      expect((await lobbies[0].createCharacterShell(ME)).kind).toBe('created');
      expect(await lobbies[0].getCharactersList(ME)).toHaveLength(3);
      const told = log.lines.filter(({ message }) => message.startsWith('the lobby cache'));
      expect(told).toHaveLength(1);
    } finally {
      client.disconnect();
      await server.stop();
    }
  });
});

/** The lobby as two processes have it over one repository, in which somebody has one character. */
async function processesOn(clients: readonly RedisClient[], log = new RecordingLog()) {
  const clock = new FixedClock();
  const characters = new MemoryCharactersRepository();
  await characters.createShell({ userId: ME, createdAt: '2026-01-01T00:00:00Z', limit: 4 });
  const open = (client: RedisClient | undefined) => {
    if (client === undefined) throw new Error('A client is needed');
    const documents = new InProcessDocuments(new Map());
    const accounts = new AccountManager({ client, documents, log });
    const savedSessions = new MemorySavedSessions(characters);
    const runningBattle = () => Promise.resolve(null);
    const sessions = new AccountSessionService({
      ...{ accounts, characters, savedSessions, runningBattle, log },
    });
    const isBusy = () => Promise.resolve(false);
    return new LobbyService({ characters, sessions, isBusy, clock, entropy: systemEntropy, log });
  };
  const lobbies = [open(clients[0]), open(clients[1] ?? clients[0])] as const;
  return { characters, lobbies, loads: new HeldLoads() };
}

function changed(lobby: LobbyService, known: Character | undefined): Promise<unknown> {
  if (known === undefined) return lobby.createCharacterShell(ME);
  return lobby.deleteCharacter(ME, known.character_id);
}

async function answered(clients: readonly RedisClient[]): Promise<void> {
  for (const client of clients) await client.ping();
}
