import { afterEach, beforeEach, expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { battleRatings, ladderStandings } from '../../database/schema-ratings.ts';
import { characters, users } from '../../database/schema.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { openMultiBotArena } from '../support/multi-bot-arena.ts';
import { silentLog } from '../support/silent-log.ts';

const [ABSENT, PRESENT, THIRD] = [1, 2, 3] as const;
const TURN_MS = 40_000;
/** A longer step would be taken for a downtime. */
const STEP_MS = 4_000;

describeOnEachDatabase('a player who does not come to their duel', (database) => {
  let arena: Awaited<ReturnType<typeof openMultiBotArena>>;

  beforeEach(async () => {
    const { db } = database();
    const clock = { now: () => arena.clock.now() };
    const repositoriesOf = () => repositoriesOn(db, silentLog, clock);
    arena = await openMultiBotArena({ bots: 1, characters: 3, repositoriesOf });
    await db.insert(users).values(arena.ids.map((id) => ({ id: 10_000 + id })));
    const place = { slot: 1, location_id: 'inn' };
    const rows = arena.ids.map((id) => ({ id, user_id: 10_000 + id, ...place }));
    await db.insert(characters).values(rows);
  });
  afterEach(() => arena.close());

  async function step(): Promise<void> {
    arena.clock.advance(STEP_MS);
    await arena.first.combat.tick();
  }

  /** The one searches, and is matched when they have long looked away. */
  async function matchAfter(waitMs: number): Promise<string> {
    const { arena: service, sessions } = arena.first;
    await service.joinQueue(ABSENT, '1v1');
    for (let passedMs = 0; passedMs < waitMs; passedMs += STEP_MS) await step();
    await service.joinQueue(PRESENT, '1v1');
    const place = await sessions.getQueueStatus(PRESENT);
    if (place.kind !== 'seated') throw new Error(`no battle: ${place.kind}`);
    return place.battleId;
  }

  /** Until the end the other one chooses in each turn; answers the time that it took. */
  async function fightAlone(battleId: string): Promise<number> {
    const { combat } = arena.first;
    const startMs = arena.clock.now();
    for (let turn = 0; arena.clock.now() - startMs < 20 * TURN_MS;) {
      const record = await combat.find(battleId);
      if (record === null || record.endedAtMs !== null) break;
      if (record.battle.turn > turn) {
        turn = record.battle.turn;
        const tap = { charId: PRESENT, battleId, turn };
        await combat.tap({ ...tap, choice: { strike: 'chest' } });
        await combat.tap({ ...tap, choice: { guard: 'head-chest' } });
      }
      await step();
    }
    return arena.clock.now() - startMs;
  }

  test('keeps their opponent for three turns at most', async () => {
    const battleId = await matchAfter(8_000);
    expect(await fightAlone(battleId)).toBeLessThanOrEqual(3 * TURN_MS);
    const record = await arena.first.combat.find(battleId);
    const winner = record?.sides.findIndex(({ charId }) => charId === PRESENT);
    expect(record?.battle.outcome).toEqual({ winner, reason: 'idle' });
  });

  test('loses no rating when the match comes in the fourth minute of their search', async () => {
    await fightAlone(await matchAfter(240_000));
    const rows = await database().db.select().from(battleRatings);
    expect(rows.map(({ unrated }) => unrated)).toEqual(['few_moves', 'few_moves']);
    expect(await database().db.$count(ladderStandings)).toBe(0);
  });

  test('leaves their opponent free for the next duel at once', async () => {
    await fightAlone(await matchAfter(8_000));
    const { arena: service, sessions } = arena.first;
    expect((await service.joinQueue(PRESENT, '1v1')).payload.screen).toBe('search');
    await service.joinQueue(THIRD, '1v1');
    expect((await sessions.getQueueStatus(PRESENT)).kind).toBe('seated');
  });

  test('searches on after the first time, and waits after the second', async () => {
    await fightAlone(await matchAfter(8_000));
    await fightAlone(await matchAfter(8_000));
    const { screen } = (await arena.first.arena.joinQueue(ABSENT, '1v1')).payload;
    expect(screen).toBe('paused');
    arena.clock.advance(120_000);
    expect((await arena.first.arena.joinQueue(ABSENT, '1v1')).payload.screen).toBe('search');
  });
});
