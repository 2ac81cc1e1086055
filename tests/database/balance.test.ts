import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SqlBalance } from '../../database/balance.ts';
import type { Database } from '../../database/database.ts';
import { battleRatings } from '../../database/schema-ratings.ts';
import { battles } from '../../database/schema.ts';
import type { Archetype } from '../../domains/account/account-context.ts';
import type { TechniqueId } from '../../domains/combat/battle.ts';
import type { UnratedReason } from '../../domains/combat/battle-rating.ts';
import { battleWon } from '../support/archived-battles.ts';
import { describeOnEachDatabase, describeOnPostgres } from '../support/database-engines.ts';
import { explainedDatabase } from '../support/explained-database.ts';

const DAY_MS = 86_400_000;
const SINCE_MS = Date.parse('2026-03-01T00:00:00Z');

interface Side {
  readonly archetype: Archetype;
  readonly techniques: readonly TechniqueId[];
}

const warrior: Side = { archetype: 'warrior', techniques: ['onslaught', 'breath'] };
const mystic: Side = { archetype: 'mystic', techniques: ['siphon', 'breath'] };

interface Duel {
  readonly first: Side;
  readonly second: Side;
  /** Of the first side. */
  readonly score?: 0 | 0.5 | 1;
  readonly endedAtMs?: number;
  readonly unrated?: UnratedReason;
}

async function store(db: Database, duels: readonly Duel[]): Promise<void> {
  for (const [n, duel] of duels.entries()) {
    const { first, second, score = 1, endedAtMs = SINCE_MS + 1, unrated = null } = duel;
    const { id, mode, seed, sheets, inputs, outcome, turns, rules } = battleWon(n);
    const ended_at = new Date(endedAtMs);
    const [one, other] = sheets;
    await db.insert(battles).values({
      id,
      mode,
      seed,
      inputs,
      outcome,
      turns,
      rules_version: rules,
      sheets: [
        { ...one, ...first },
        { ...other, ...second },
      ],
      started_at: new Date(0),
      ended_at,
    });
    for (const side of [0, 1]) {
      const row = { battle_id: id, side, character_id: 1 + side, user_id: 1 + side, ended_at };
      const rated = ratedWith(side === 0 ? score : 1 - score);
      const kept = unrated === null ? rated : { unrated };
      await db.insert(battleRatings).values({ ...row, season: 0, ladder: 'duel', ...kept });
    }
  }
}

function ratedWith(score: number) {
  return {
    weight: 1,
    chance: 0.5,
    score,
    mu_before: 25,
    mu_after: 25,
    mu_delta: 0,
    lifetime: 1,
    sigma_before: 3,
    sigma_after: 3,
    sigma_delta: 0,
    r_before: 1500,
    r_after: 1500,
  };
}

describeOnEachDatabase('the balance of rated duels', (database) => {
  test('counts each duel once for each archetype and technique that one side alone has', async () => {
    const { db } = database();
    const guardian: Side = { archetype: 'guardian', techniques: ['onslaught', 'breath'] };
    await store(db, [
      { first: warrior, second: mystic },
      { first: mystic, second: warrior },
      { first: mystic, second: warrior, score: 0 },
      { first: warrior, second: warrior },
      { first: warrior, second: guardian },
    ]);
    expect(await new SqlBalance(db).countsSince(SINCE_MS)).toEqual({
      archetypes: [
        { of: 'guardian', won: 0, fought: 1 },
        { of: 'mystic', won: 1, fought: 3 },
        { of: 'warrior', won: 3, fought: 4 },
      ],
      techniques: [
        { of: 'onslaught', won: 2, fought: 3 },
        { of: 'siphon', won: 1, fought: 3 },
      ],
    });
  });

  test('leaves out draws, duels that are not rated, and earlier ones', async () => {
    const { db } = database();
    const both = { first: warrior, second: mystic };
    await store(db, [
      { ...both, score: 0.5 },
      { ...both, unrated: 'short' },
      { ...both, endedAtMs: SINCE_MS },
    ]);
    const none = { archetypes: [], techniques: [] };
    expect(await new SqlBalance(db).countsSince(SINCE_MS)).toEqual(none);
  });

  test('leaves out what only another release knows', async () => {
    const { db } = database();
    await store(db, [{ first: warrior, second: mystic }]);
    await db.execute(sql`update battles set sheets = jsonb_set(sheets, '{0,archetype}', '"bard"')`);
    const { archetypes } = await new SqlBalance(db).countsSince(SINCE_MS);
    expect(archetypes).toEqual([{ of: 'mystic', won: 0, fought: 1 }]);
  });
});

describeOnPostgres('the balance of 20,000 battles in 400 days', () => {
  test('no query reads a whole table', async () => {
    const { db, recorded, queries, planOf } = await explainedDatabase();
    await manyDuels(db, 20_000);
    await new SqlBalance(recorded).countsSince(SINCE_MS - 30 * DAY_MS);
    expect(queries).toHaveLength(2);
    for (const query of queries) {
      const plan = await planOf(query);
      expect(plan).toContain('battle_ratings_latest');
      expect(plan).not.toMatch(/Seq Scan/u);
    }
  });
});

/** Spread over the 400 days before SINCE_MS. */
async function manyDuels(db: Database, count: number): Promise<void> {
  await store(db, [{ first: warrior, second: mystic, endedAtMs: SINCE_MS - 401 * DAY_MS }]);
  const endedAt = sql`${new Date(SINCE_MS).toISOString()}::timestamptz - n * interval '400 days' / ${count}::int`;
  await db.execute(sql`insert into battles (id, mode, rules_version, seed, sheets, inputs, outcome, turns, started_at, ended_at)
    select 'many' || n, mode, rules_version, seed, sheets, inputs, outcome, turns, started_at, ${endedAt}
    from battles, generate_series(1, ${count}::int) n`);
  await db.execute(sql`insert into battle_ratings
    (battle_id, side, character_id, user_id, season, ladder, weight, chance, score, mu_before, mu_after, mu_delta,
      sigma_before, sigma_after, sigma_delta, r_before, r_after, lifetime, ended_at)
    select 'many' || n, side, character_id, user_id, season, ladder, weight, chance, score, mu_before, mu_after, mu_delta,
      sigma_before, sigma_after, sigma_delta, r_before, r_after, lifetime, ${endedAt}
    from battle_ratings, generate_series(1, ${count}::int) n`);
  await db.execute(sql`vacuum analyze`);
}
