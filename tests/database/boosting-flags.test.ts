import { asc } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { SqlBoostingFlags } from '../../database/boosting-flags.ts';
import { flags } from '../../database/schema-fair-play.ts';
import { battleRatings } from '../../database/schema-ratings.ts';
import { battleSides, battles } from '../../database/schema.ts';
import { battleWon } from '../support/archived-battles.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-03-01T00:00:00Z');

interface FoughtBattle {
  readonly winner: number;
  readonly loser: number;
  readonly turns?: number;
}

describeOnEachDatabase('the review of boosting', (database) => {
  let stored = 0;
  beforeEach(() => {
    stored = 0;
  });

  const review = (sinceMs = START_MS) => new SqlBoostingFlags(database().db).review(sinceMs);
  const found = async () => {
    const { kind, user_id, other_user_id } = flags;
    const order = [asc(kind), asc(user_id), asc(other_user_id)];
    const rows = await database()
      .db.select()
      .from(flags)
      .orderBy(...order);
    return rows.map((row) => [row.kind, row.user_id, row.other_user_id, row.evidence]);
  };

  /** Rated battles, a minute apart; users only, since a character is not asked for. */
  async function store(all: readonly FoughtBattle[]): Promise<void> {
    const { db } = database();
    for (const { winner, loser, turns = 8 } of all) {
      stored += 1;
      const { id, mode, seed, sheets, inputs, outcome, rules } = battleWon(stored);
      const ended_at = new Date(START_MS + stored * MINUTE_MS);
      await db.insert(battles).values({
        id,
        mode,
        seed,
        sheets,
        inputs,
        outcome,
        turns,
        rules_version: rules,
        started_at: new Date(START_MS),
        ended_at,
      });
      for (const [side, user_id] of [winner, loser].entries()) {
        const row = { battle_id: id, side, character_id: user_id, user_id, ended_at };
        const result = side === 0 ? 'won' : 'lost';
        await db.insert(battleSides).values({ ...row, name: 'Ann', gs: 100, result });
        await db.insert(battleRatings).values({
          ...row,
          season: 0,
          ladder: 'duel',
          weight: 1,
          chance: 0.5,
          score: 1 - side,
          mu_before: 25,
          mu_after: 25,
          mu_delta: 0,
          lifetime: 1,
          sigma_before: 3,
          sigma_after: 3,
          sigma_delta: 0,
          r_before: 1500,
          r_after: 1500,
        });
      }
    }
  }

  const wins = (winner: number, losers: readonly number[]) =>
    losers.map((loser) => ({ winner, loser }));

  test('flags who wins more than two in five of ten rated wins against one other', async () => {
    await store(wins(1, [2, 2, 2, 2, 2, 3, 4, 5, 6]));
    expect(await review()).toBe(0);
    await store(wins(1, [7]));
    await store(wins(11, [12, 12, 12, 12, 13, 13, 13, 13, 14, 15]));
    expect(await review()).toBe(1);
    expect(await found()).toEqual([['pair_share', 1, 2, { wins: 5, of_wins: 10 }]]);
  });

  test('flags two who win by turns eight times', async () => {
    const byTurns = [0, 1, 2, 3, 4, 5, 6].map((n) =>
      n % 2 === 0 ? { winner: 2, loser: 1 } : { winner: 1, loser: 2 },
    );
    await store(byTurns);
    expect(await review()).toBe(0);
    await store([{ winner: 1, loser: 2 }]);
    await store(wins(4, [3, 3, 3, 3, 3, 3, 3, 3]));
    await review();
    expect(await found()).toEqual([['alternating_wins', 1, 2, { battles: 8, changes: 7 }]]);
  });

  test('flags who loses to the same other before the third turn three times', async () => {
    const short = { winner: 1, loser: 2, turns: 2 };
    await store([short, short, { ...short, turns: 3 }, { ...short, winner: 3 }]);
    expect(await review()).toBe(0);
    await store([short]);
    await review();
    expect(await found()).toEqual([['short_losses', 2, 1, { losses: 3 }]]);
  });

  test('flags three who fight only each other, among many who do not', async () => {
    const circle = [1, 2, 3].flatMap((one) =>
      [1, 2, 3]
        .filter((other) => other !== one)
        .flatMap((other) => wins(one, [other, other, other])),
    );
    await store(circle);
    await store(wins(20, [21, 22, 23, 24, 25, 26, 27, 28]));
    await review();
    const circles = (await found()).filter(([kind]) => kind === 'closed_circle');
    expect(circles).toEqual([
      ['closed_circle', 1, 2, { battles: 6, members: 3 }],
      ['closed_circle', 1, 3, { battles: 6, members: 3 }],
      ['closed_circle', 2, 3, { battles: 6, members: 3 }],
    ]);
  });

  test('writes an open flag once, with the newest evidence', async () => {
    await store(wins(1, [2, 2, 2, 2, 2, 3, 4, 5, 6, 7]));
    expect(await Promise.all([review(), review()])).toContain(1);
    await store(wins(1, [2]));
    expect(await review()).toBe(0);
    expect(await found()).toEqual([['pair_share', 1, 2, { wins: 6, of_wins: 11 }]]);
  });

  test('does not flag what was closed since then, and only battles since then', async () => {
    await store(wins(1, [2, 2, 2, 2, 2, 3, 4, 5, 6, 7]));
    expect(await review(START_MS + MINUTE_MS)).toBe(0);
    await review();
    const closed = { closed_at: new Date(START_MS + 30 * MINUTE_MS), closed_by: 9 };
    await database().db.update(flags).set(closed);
    expect(await review()).toBe(0);
    expect(await found()).toHaveLength(1);
  });
});
