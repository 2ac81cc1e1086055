import { beforeEach, expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import type { Repositories } from '../../bot/repositories.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { battleWon } from '../support/archived-battles.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { silentLog } from '../support/silent-log.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-03-01T00:30:00Z');
const ANN = 501;

describeOnEachDatabase('the pause of a leaver', (database) => {
  let repositories: Repositories;
  let ann: readonly number[];
  let bob: number;
  beforeEach(async () => {
    repositories = repositoriesOn(database().db, silentLog);
    ann = [await makeCharacter(ANN, 'Ann'), await makeCharacter(ANN, 'Anna')];
    bob = await makeCharacter(502, 'Bob');
  });

  async function makeCharacter(userId: number, name: string): Promise<number> {
    const { characters } = repositories;
    const made = await characters.createShell({ userId, createdAt: '2026-01-01', limit: 4 });
    if (made.kind !== 'created') throw new Error('no character');
    const { character_id: id } = made.character;
    await characters.setName(id, name);
    await characters.update(id, { archetype: 'warrior' });
    return id;
  }

  /** So many minutes after the first; Ann lost it by the clock. */
  function left(minutes: number, change: Partial<ArchivedBattle> = {}): ArchivedBattle {
    const charId = ann[minutes % 2];
    const won = battleWon(minutes, [bob, charId ?? 0]);
    const [winner, loser] = won.sides;
    return {
      ...won,
      startedAtMs: START_MS,
      endedAtMs: START_MS + minutes * MINUTE_MS,
      outcome: { winner: 0, reason: 'idle' },
      sides: [
        { ...winner, userId: 502 },
        { ...loser, userId: ANN, ownMoves: 0 },
      ],
      ...change,
    };
  }

  const store = async (...battles: readonly ArchivedBattle[]) => {
    for (const battle of battles) await repositories.battles.store(battle);
  };
  const pauseFromStart = async (userId = ANN) => {
    const untilMs = await repositories.pauses.pausedUntil(userId);
    return untilMs === null ? null : (untilMs - START_MS) / MINUTE_MS;
  };

  test('grows with the battles that were left by any character of the user', async () => {
    const ends: (number | null)[] = [];
    for (const minutes of [1, 2, 3, 4, 5]) {
      await store(left(minutes));
      ends.push(await pauseFromStart());
    }
    expect(ends).toEqual([null, 4, 13, 34, 35]);
    expect(await pauseFromStart(502)).toBeNull();
  });

  test('does not count a battle with an outage in it, and is not shortened by one stored late', async () => {
    await store(left(1, { hadOutage: true }), left(2), left(3, { hadOutage: true }));
    expect(await pauseFromStart()).toBeNull();
    await store(left(9), left(4));
    expect(await pauseFromStart()).toBe(14);
  });

  test('is written once with its battle, and does not count it twice', async () => {
    await store(left(1), left(1), left(2), left(2));
    expect(await pauseFromStart()).toBe(4);
  });

  test('is kept of an erased user, and applies when they come back', async () => {
    await store(left(1), left(2));
    await repositories.userData.erase(ANN);
    expect(await pauseFromStart()).toBeNull();
    await makeCharacter(ANN, 'Ann');
    expect(await pauseFromStart()).toBe(4);
    expect((await repositories.userData.read(ANN)).kept).toEqual({});
  });
});
