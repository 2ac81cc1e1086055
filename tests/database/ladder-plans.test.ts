import { isNotNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { ladderStandings } from '../../database/schema-ratings.ts';
import { SqlLadder } from '../../database/ladder.ts';
import { SqlSeasons } from '../../database/seasons.ts';
import { type List, groups } from '../../domains/rating/ladder.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { explainedDatabase } from '../support/explained-database.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { manyStandings } from '../support/many-standings.ts';
import { repetitions } from '../support/repetitions.ts';

const DAY_MS = 86_400_000;
const MANY = repetitions({ short: 10_000, full: 100_000 });
const nowMs = new FixedClock().now();
const lists: readonly List[] = groups.flatMap((of) => [0, null].map((season) => ({ season, of })));

describeOnPostgres(`lists of ${MANY} characters`, () => {
  test('no query of a list, a place or a season reads a whole table', async () => {
    const { ladder, explain } = await openMany();
    await ladder.standingIn(0, 5);
    await ladder.standingsOf(5, 8);
    await ladder.showEnd(0, 5, nowMs);
    await ladder.countAbove(0, { shown: 1500, nowMs });
    for (const list of lists) {
      await ladder.view(list, { charId: readerOf(list), nowMs });
      await ladder.entries(list.season, { afterId: 500, limit: 1_000, nowMs });
    }
    const plans = await explain();
    expect(plans.length).toBe(4 + lists.length * 7);
    const scanning = plans.filter(({ plan }) => plan.includes('Seq Scan'));
    expect(scanning).toEqual([]);
  });

  test('a season is closed within the time limit of a statement', async () => {
    const { db, seasons } = await openMany();
    await db.execute(`update seasons set started_at = 'epoch'`);
    await seasons.setEnd(0, nowMs);
    expect(await seasons.close(0, nowMs)).toBe(true);
    expect(await db.$count(ladderStandings, isNotNull(ladderStandings.place))).toBe(MANY);
  });
});

/** A character in the middle of the list. */
function readerOf({ of }: List): number {
  return MANY / 2 + Math.max(0, groups.indexOf(of) - 1);
}

async function openMany() {
  const { db, patient, recorded, queries, planOf } = await explainedDatabase();
  await manyCharacters(patient, MANY);
  await manyStandings(patient, { count: MANY, lastAtMs: nowMs - DAY_MS });
  // As autovacuum leaves it.
  await patient.execute('vacuum analyze');
  const explain = async () => {
    const plans: { text: string; plan: string }[] = [];
    for (const query of queries) plans.push({ text: query.text, plan: await planOf(query) });
    return plans;
  };
  return { db, ladder: new SqlLadder(recorded), seasons: new SqlSeasons(db), explain };
}
