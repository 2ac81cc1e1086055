import { and, eq, isNull } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleRating } from '../../database/battle-rating.ts';
import type { Database } from '../../database/database.ts';
import { battleRatings, ladderStandings } from '../../database/schema-ratings.ts';
import { characters, users } from '../../database/schema.ts';
import { checkRatings } from '../../tools/chaos/check-ratings.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { silentLog } from '../support/silent-log.ts';
import { someDatabase } from '../support/some-database.ts';

const DAY_MS = 86_400_000;

describe('checkRatings', () => {
  let db: Database;
  beforeEach(async () => {
    db = await someDatabase();
    await db.insert(users).values([1, 2, 3].map((id) => ({ id: 1000 + id })));
    const rows = [1, 2, 3].map((id) => ({ id, user_id: 1000 + id, slot: 1, location_id: 'inn' }));
    await db.insert(characters).values(rows);
    const deps = { handlers: [battleRating], clock: new FixedClock(), log: silentLog };
    const archive = new SqlBattleArchive(db, new BattleHandlers(deps));
    await archive.store(battleWon(1, [1, 2]));
    await archive.store(battleWon(DAY_MS + 2, [2, 3]));
    await archive.store({ ...battleWon(3, [1, 3]), hadOutage: true });
  });

  const check = async (isOlder = false) => checkRatings(db, () => isOlder);
  const details = async () => (await check()).violations.map(({ detail }) => detail);

  test('finds nothing where each battle was rated once, and counts those that are not rated', async () => {
    expect(await check()).toEqual({ rated: 2, unrated: 1, violations: [] });
  });

  test('finds a battle without its sides, unless it is of an older release', async () => {
    await db.delete(battleRatings).where(eq(battleRatings.unrated, 'outage'));
    expect(await details()).toEqual([`battle ${battleWon(3).id} has 0 rated sides`]);
    expect((await check(true)).violations).toEqual([]);
  });

  test('finds a rating that its battles do not add up to, and a wrong count', async () => {
    const isFirst = eq(ladderStandings.character_id, 1);
    await db.update(ladderStandings).set({ mu: 27, lifetime: 2 }).where(isFirst);
    expect(await details()).toEqual([
      expect.stringMatching(/^character 1 is rated 27, .* its battles say 26\.0/),
      'character 1 counts 2 of 1 rated battles',
    ]);
  });

  test('finds a stored change that is not the difference', async () => {
    const isSecond = and(eq(battleRatings.character_id, 3), isNull(battleRatings.unrated));
    await db.update(battleRatings).set({ mu_delta: -9 }).where(isSecond);
    expect(await details()).toEqual(
      expect.arrayContaining([`battle ${battleWon(DAY_MS + 2).id}: mu is not its change`]),
    );
  });
});
