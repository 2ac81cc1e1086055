import { beforeEach, expect, test } from 'vitest';
import type { Language } from '../../../domains/account/hot-user-store.ts';
import { PlayerManager } from '../../../redis/managers/player-manager.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

describeOnEachRedis('PlayerManager', 1, (redis) => {
  let players: PlayerManager;
  let log: RecordingLog;

  beforeEach(async () => {
    const { client } = redis();
    await client.flushall();
    log = new RecordingLog();
    players = new PlayerManager({ client, log });
  });

  test('an unknown user reads as null', async () => {
    expect(await players.read(7)).toEqual({ character: null, language: null });
    expect(log.lines).toEqual([]);
  });

  test('character and language are stored separately', async () => {
    await players.setActiveCharacter(7, 42);
    await players.setLanguage(7, 'en');
    await players.setActiveCharacter(8, 43);
    expect(await players.read(7)).toEqual({ character: 42, language: 'en' });
    await players.setActiveCharacter(7, 'none');
    expect(await players.read(7)).toEqual({ character: 'none', language: 'en' });
  });

  test('fill sets missing fields and keeps the others', async () => {
    await players.setLanguage(7, 'ru');
    await players.fill(7, { character: 'none', language: 'en' });
    expect(await players.read(7)).toEqual({ character: 'none', language: 'ru' });
    await players.fill(7, { character: 42, language: null });
    expect(await players.read(7)).toEqual({ character: 'none', language: 'ru' });
  });

  test('an unreadable field is deleted and logged with its key', async () => {
    await redis().client.hset('player:7', { character: 'first', language: 'Klingon!' });
    expect(await players.read(7)).toEqual({ character: null, language: null });
    expect(log.lines.map(({ facts }) => facts['key'])).toEqual(['player:7', 'player:7']);
    await players.fill(7, { character: 42, language: 'en' });
    expect(await players.read(7)).toEqual({ character: 42, language: 'en' });
    expect(log.lines).toHaveLength(2);
  });

  test('a language of a later release reads as null and is kept', async () => {
    const { client } = redis();
    await client.hset('player:7', { character: '42', language: 'tlh' });
    expect(await players.read(7)).toEqual({ character: 42, language: null });
    await players.fill(7, { character: 42, language: 'en' });
    await players.setActiveCharacter(7, 43);
    expect(await players.read(7)).toEqual({ character: 43, language: null });
    expect(await client.hget('player:7', 'language')).toBe('tlh');
    expect(log.lines).toEqual([]);
  });

  test('setLanguage refuses an unsupported language', async () => {
    await expect(players.setLanguage(7, 'tlh' as Language)).rejects.toThrow();
    expect((await players.read(7)).language).toBeNull();
  });
});
