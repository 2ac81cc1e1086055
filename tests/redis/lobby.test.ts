import { beforeEach, expect, test } from 'vitest';
import { AccountSessionService } from '../../domains/account/account-session-service.ts';
import { LobbyService } from '../../domains/account/lobby-service.ts';
import { InProcessDocuments } from '../../redis/documents/in-process-documents.ts';
import { keys } from '../../redis/keys.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { createServerClient } from '../../redis/server-client.ts';
import { FixedClock } from '../support/clock.ts';
import { MemoryCharactersRepository } from '../support/memory-characters-repository.ts';
import { MemorySavedSessions } from '../support/memory-saved-sessions.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { describeOnEachRedis, describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';

const ME = 7;

describeOnEachRedis('the lobby with an unreadable cache key', 1, (redis) => {
  beforeEach(() => redis().client.flushall());

  test('lists the characters, logs once and repairs the key', async () => {
    const log = new RecordingLog();
    const lobby = lobbyOn(redis().client, log);
    await lobby.createCharacterShell(ME);
    for (let times = 0; times < 2; times += 1) {
      await redis().client.set(keys.lobby(ME), '[{');
      expect(await lobby.getCharactersList(ME)).toHaveLength(1);
      expect(await redis().client.get(keys.lobby(ME))).toContain('"character_id":1');
    }
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { key: keys.lobby(ME) } }]);
  });
});

describeOnRedisServer('the lobby without Redis', () => {
  test('reads from the database and logs once', async () => {
    const server = await startRedisServer();
    const log = new RecordingLog();
    const client = createServerClient(server.url, log);
    try {
      const lobby = lobbyOn(client, log);
      expect(await lobby.getCharactersList(ME)).toEqual([]);
      await server.stop();
      expect((await lobby.createCharacterShell(ME)).kind).toBe('created');
      const lists = await Promise.all([1, 2, 3].map(() => lobby.getCharactersList(ME)));
      expect(lists.map((list) => list.length)).toEqual([1, 1, 1]);
      const logged = log.lines.filter(({ message }) => message.startsWith('lobby cache'));
      expect(logged).toHaveLength(1);
    } finally {
      client.disconnect();
      await server.stop();
    }
  });
});

function lobbyOn(client: RedisClient, log: RecordingLog): LobbyService {
  const characters = new MemoryCharactersRepository();
  const documents = new InProcessDocuments(new Map());
  const accounts = new AccountManager({ client, documents, log });
  const savedSessions = new MemorySavedSessions(characters);
  const runningBattle = () => Promise.resolve(null);
  const sessions = new AccountSessionService({
    presence: { recordOpened: () => Promise.resolve() },
    accounts,
    characters,
    savedSessions,
    runningBattle,
    log,
    leaveArena: () => Promise.resolve(),
    memos: { write: () => Promise.resolve() },
  });
  const isBusy = () => Promise.resolve(false);
  return new LobbyService({ characters, sessions, isBusy, clock: new FixedClock(), log });
}
