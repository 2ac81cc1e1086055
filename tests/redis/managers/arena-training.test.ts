import { beforeEach, expect, test } from 'vitest';
import type { SoloMatch } from '../../../domains/arena/arena-store.ts';
import { shadowLevelSchema } from '../../../domains/combat/battle.ts';
import { keys } from '../../../redis/keys.ts';
import { ArenaFixture } from '../../support/arena-fixture.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

describeOnEachRedis('ArenaManager: claimTraining', 2, (redis) => {
  let table: ArenaFixture;
  beforeEach(async () => {
    table = await ArenaFixture.open(redis());
  });

  const trainingOf = (id: string, charId: number): SoloMatch => {
    return { ...table.matchOf(id, charId, null), opponent: null, level: 'apprentice' };
  };

  test('seats a character that is nowhere, and stores the level with the match', async () => {
    const match = trainingOf('m', 1);
    expect(await table.arena.claimTraining(match)).toBe('claimed');
    expect(await table.placesOf(1)).toBe('seated:m');
    expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([match]);
  });

  test('repeated changes nothing and replies as before', async () => {
    const match = trainingOf('m', 1);
    await table.arena.claimTraining(match);
    expect(await table.other.claimTraining(match)).toBe('claimed');
    expect(await table.client.zcard(keys.matches())).toBe(1);
  });

  test('leaves a waiting character in the queue', async () => {
    await table.join(1);
    expect(await table.arena.claimTraining(trainingOf('m', 1))).toBe('already_queued');
    expect(await table.placesOf(1)).toBe('waiting');
    expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([]);
  });

  test('removes what an expired request has left', async () => {
    await table.join(1);
    table.clock.advance(300_000);
    expect(await table.arena.claimTraining(trainingOf('m', 1))).toBe('claimed');
    expect(await table.scoreOf(1)).toBeNull();
    expect(await table.client.zcard(keys.since('1v1'))).toBe(0);
    expect(await table.client.exists(keys.request(1))).toBe(0);
  });

  test('leaves a seated character where it is', async () => {
    await table.claimed('m', 1, 2);
    expect(await table.arena.claimTraining(trainingOf('n', 1))).toBe('seated');
    expect(await table.placesOf(1, 2)).toBe('seated:m seated:m');
  });

  test('by two processes at once claims once', async () => {
    const replies = await Promise.all([
      table.arena.claimTraining(trainingOf('m', 1)),
      table.other.claimTraining(trainingOf('n', 1)),
    ]);
    expect(replies.toSorted()).toEqual(['claimed', 'seated']);
    expect(await table.client.zcard(keys.matches())).toBe(1);
  });

  test('stores the monster of a wild match', async () => {
    const match: SoloMatch = {
      ...table.matchOf('m', 1, null),
      opponent: null,
      monster: 'wolf',
    };
    expect(await table.arena.claimTraining(match)).toBe('claimed');
    expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([match]);
  });

  test('with a monster is unreadable to a release that knows none, which frees the character', async () => {
    await table.arena.claimTraining({
      ...table.matchOf('m', 1, null),
      opponent: null,
      monster: 'wolf',
    });
    // What release 0.7.0 accepts here.
    const stored = await table.client.hget(keys.match('m'), 'level');
    expect(shadowLevelSchema.safeParse(stored).success).toBe(false);
    // A monster of a later release, as this one reads it.
    await table.client.hset(keys.match('m'), 'level', 'basilisk');
    expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([]);
    expect(await table.arena.dropUnreadableMatches(table.clock.now())).toEqual(['m']);
  });
});
