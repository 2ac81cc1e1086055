import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleRating } from '../../database/battle-rating.ts';
import type { Database } from '../../database/database.ts';
import { ladderBests, ladderStandings, seasons } from '../../database/schema-ratings.ts';
import { characters, users } from '../../database/schema.ts';
import { SqlSeasons } from '../../database/seasons.ts';
import { checkStandings } from '../../tools/chaos/check-standings.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { silentLog } from '../support/silent-log.ts';
import { someDatabase } from '../support/some-database.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 1);
const END_MS = START_MS + 90 * HOUR_MS;

describe('the check of standings', () => {
  let db: Database;
  beforeAll(async () => {
    db = await someDatabase();
    await manyCharacters(db, 8);
    // The users of test battles.
    await db
      .insert(users)
      .values(pairs.flatMap(([one]) => [{ id: 1000 + one }, { id: 1001 + one }]))
      .onConflictDoNothing();
    await db.update(characters).set({ user_id: sql`1000 + ${characters.id}` });
    await db.update(seasons).set({ started_at: new Date(START_MS) });
    await new SqlSeasons(db).setEnd(0, END_MS);
    const handlers = new BattleHandlers({
      handlers: [battleRating],
      clock: new FixedClock(),
      log: silentLog,
    });
    // Each pair once in 28 hours, the last rounds in the next season.
    for (let n = 0; n < 112; n += 1) {
      const pair = pairs[n % pairs.length] ?? [1, 2];
      const ended = { ...battleWon(n, pair), endedAtMs: START_MS + n * HOUR_MS };
      await new SqlBattleArchive(db, handlers).store(ended);
    }
    await new SqlSeasons(db).close(0, END_MS);
  });

  test('finds nothing after battles of two seasons', async () => {
    expect(await db.$count(ladderStandings)).toBe(16);
    expect(await db.$count(ladderBests)).toBe(8);
    expect(await checkStandings(db)).toEqual([]);
  });

  test.each<[string, Partial<typeof ladderStandings.$inferInsert>]>([
    ['a battle is missing', { battles: 3, opponents: 3 }],
    ['an opponent is missing', { opponents: 1 }],
    ['the number is not that of the last battle', { r: 900 }],
    ['the league is not that of the battles', { league: 'bronze' }],
    ['the final place is another', { place: 7 }],
  ])('finds it if %s', async (_, change) => {
    const isFirst = eq(ladderStandings.character_id, 1);
    const found = await foundAfter(db, async (tx) => {
      await tx.update(ladderStandings).set(change).where(isFirst);
    });
    expect(found).toContain('character 1 ');
  });

  test('finds a missing standing and a wrong best number', async () => {
    const found = await foundAfter(db, async (tx) => {
      await tx.delete(ladderStandings).where(eq(ladderStandings.character_id, 2));
      await tx.update(ladderBests).set({ r: 1 }).where(eq(ladderBests.character_id, 3));
    });
    expect(found).toContain('character 2 in season 0 has battles and no standing');
    expect(found).toContain('character 3 has 1 as the best number');
  });
});

/** What is found after a change, which is undone. */
async function foundAfter(db: Database, change: (tx: Database) => Promise<void>): Promise<string> {
  let found = '';
  const undone = db.transaction(async (tx) => {
    await change(tx);
    found = (await checkStandings(tx)).map(({ detail }) => detail).join('\n');
    tx.rollback();
  });
  await expect(undone).rejects.toThrow(/rollback/i);
  return found;
}

const pairs = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((one) =>
  [1, 2, 3, 4, 5, 6, 7, 8].flatMap((other) => (one < other ? [[one, other] as const] : [])),
);
