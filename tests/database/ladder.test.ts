import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Database } from '../../database/database.ts';
import { SqlLadder } from '../../database/ladder.ts';
import { ladderStandings } from '../../database/schema-ratings.ts';
import { SqlCharactersRepository } from '../../database/characters-repository.ts';
import { type List, type ListView } from '../../domains/rating/ladder.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { manyStandings } from '../support/many-standings.ts';

const DAY_MS = 86_400_000;
const nowMs = new FixedClock().now();
const season: List = { season: 0, of: 'all' };

describeOnEachDatabase('the lists in the database', (database) => {
  const open = async (count: number) => {
    const { db } = database();
    await manyCharacters(db, count);
    await manyStandings(db, { count, lastAtMs: nowMs - DAY_MS });
    return { db, ladder: new SqlLadder(db) };
  };
  /** `charId:place` in order. */
  const drawn = ({ best, around }: ListView) =>
    [best, around].map((rows) => rows.map(({ charId, place }) => `${charId}:${place}`).join(' '));

  test('equal numbers share a place, and the first to reach it stands first', async () => {
    const { db, ladder } = await open(6);
    await give(db, [1, 1600], [2, 1700], [3, 1700], [4, 1650], [5, 1600], [6, 1500]);
    await reach(db, 2, nowMs - 1);
    await reach(db, 3, nowMs - 2);
    const view = await ladder.view(season, { charId: 1, nowMs });
    expect(drawn(view)).toEqual(['3:1 2:1 4:3 1:4 5:4 6:6', '']);
    expect(view.best[0]).toEqual({ charId: 3, name: 'Fighter 3', shown: 1700, place: 1, index: 0 });
  });

  test('who is not eligible is in no list', async () => {
    const { db, ladder } = await open(7);
    await give(db, [1, 1600], [2, 1590], [3, 1580], [4, 1570], [5, 1560], [6, 1550], [7, 1540]);
    await change(db, 1, { battles: 9, opponents: 9 });
    await change(db, 2, { opponents: 4 });
    await change(db, 3, { last_at: new Date(nowMs - 14 * DAY_MS - 1) });
    await change(db, 4, { last_at: new Date(nowMs - 14 * DAY_MS) });
    await new SqlCharactersRepository(db).delete(5);
    const view = await ladder.view(season, { charId: 1, nowMs });
    expect(drawn(view)).toEqual(['4:1 6:2 7:3', '']);
    expect(await ladder.countAbove(0, { shown: 1545, nowMs })).toBe(2);
  });

  test('three before and three after the reader follow the best ten, without them', async () => {
    const { db, ladder } = await open(30);
    const numbers = Array.from({ length: 30 }, (_, at) => [at + 1, 2000 - at] as const);
    await give(db, ...numbers);
    await give(db, [18, 1984]);
    await reach(db, 18, nowMs + 5);
    const around = async (charId: number) => drawn(await ladder.view(season, { charId, nowMs }))[1];
    expect(await around(18)).toBe('15:15 16:16 17:17 18:17 19:19 20:20 21:21');
    expect(await around(30)).toBe('27:27 28:28 29:29 30:30');
    expect(await around(9)).toBe('11:11 12:12');
    expect(await around(12)).toBe('11:11 12:12 13:13 14:14 15:15');
    expect(await around(2)).toBe('');
  });

  test('a list of an archetype has its own places, and that of all seasons the highest numbers', async () => {
    const { db, ladder } = await open(12);
    const mystics = await ladder.view({ season: 0, of: 'mystic' }, { charId: 1, nowMs });
    const all = await db
      .select()
      .from(ladderStandings)
      .where(eq(ladderStandings.archetype, 'mystic'));
    const order = all.toSorted((one, other) => other.r - one.r).map(({ character_id: id }) => id);
    expect(mystics.best.map(({ charId }) => charId)).toEqual(order);
    expect(mystics.best.map(({ place }) => place)).toEqual([1, 2, 3]);
    await give(db, [1, 100]);
    const ever = await ladder.view(
      { season: null, of: 'all' },
      { charId: 1, nowMs: nowMs + 99 * DAY_MS },
    );
    expect(ever.best.find(({ charId }) => charId === 1)?.shown).toBeGreaterThan(1000);
  });

  test('what the end of a season brought is shown once', async () => {
    const { db, ladder } = await open(1);
    await change(db, 1, { place: 1 });
    expect(await ladder.showEnd(0, 1, nowMs)).toMatchObject({
      season: 0,
      place: 1,
      league: 'gold',
    });
    expect(await ladder.showEnd(0, 1, nowMs)).toBeNull();
    expect(await ladder.showEnd(0, 99, nowMs)).toBeNull();
  });
});

async function change(
  db: Database,
  charId: number,
  changed: Partial<typeof ladderStandings.$inferInsert>,
): Promise<void> {
  const isOf = eq(ladderStandings.character_id, charId);
  await db.update(ladderStandings).set(changed).where(isOf);
}

async function give(db: Database, ...numbers: (readonly [number, number])[]): Promise<void> {
  for (const [charId, r] of numbers) await change(db, charId, { r });
}

async function reach(db: Database, charId: number, atMs: number): Promise<void> {
  await change(db, charId, { reached_at: new Date(atMs) });
}
