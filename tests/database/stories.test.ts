import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { grants, journeys as journeysTable } from '../../database/schema-journeys.ts';
import { characters, users } from '../../database/schema.ts';
import { wildRewards } from '../../database/wild-rewards.ts';
import type { Decision } from '../../domains/inventory/journey-store.ts';
import type { Change } from '../../domains/inventory/journey.ts';
import { noStories } from '../../domains/inventory/story-session.ts';
import * as rules from '../../domains/story/story-rules.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { repetitions } from '../support/repetitions.ts';
import { silentLog } from '../support/silent-log.ts';
import { STORY_BATTLE, millAt, millInBattle } from '../support/stories.ts';
import { meeting } from '../support/walker.ts';
import { wildBattle } from '../support/wild-battles.ts';

const TAPS = repetitions({ short: 40, full: 200 });
const LONG = 60_000;

describeOnEachDatabase('stories in the database', (database) => {
  const clock = new FixedClock();
  let all: readonly SqlJourneys[];
  beforeEach(async () => {
    const { db, others } = database();
    all = [db, ...others].map((one) => new SqlJourneys({ db: one, clock }));
    await db.insert(users).values([{ id: 1001 }]);
    const row = { id: 1, user_id: 1001, slot: 1, location_id: 'start_village' };
    await db.insert(characters).values([{ ...row, archetype: 'warrior' as const }]);
  });

  const at = (n: number): SqlJourneys => {
    const one = all[n % all.length];
    if (one === undefined) throw new Error('there is no database');
    return one;
  };
  const step = (rule: rules.StoryRule, n = 0) =>
    at(n).step(1, (earnings): Decision<unknown> => {
      const decided = rule(earnings, { nowMs: clock.now(), id: 'abcdefghijkl' });
      return decided.kind === 'change' ? { kind: 'change', change: decided.change } : decided;
    });
  const change = (one: Change) => at(0).step(1, () => ({ kind: 'change', change: one }));
  const journey = async () => {
    const earnings = await at(0).read(1);
    if (earnings === null) throw new Error('no journey');
    return earnings.journey;
  };

  test('a step answers what a later read answers', async () => {
    expect(await step(rules.begin('prologue', 0))).toMatchObject({
      earnings: await at(0).read(1),
    });
    expect(await step(rules.skip(1))).toMatchObject({ earnings: await at(0).read(1) });
    expect((await journey()).stories).toEqual({
      session: null,
      ended: { prologue: { endedAtMs: clock.now(), runs: 1 } },
    });
  });

  test.each([
    ['begins', {}, rules.begin('prologue', 1)],
    ['chooses', { stories: { session: millAt('door', { seq: 5 }) } }, choosing(0)],
    ['fights', { stories: { session: millAt('rats', { seq: 5 }) } }, choosing(0)],
    [
      'skips',
      { stories: { session: { ...millAt('door', { seq: 5 }), key: 'prologue', node: 'gate' } } },
      rules.skip(5),
    ],
    [
      'goes on after a battle',
      {
        stories: {
          session: millInBattle({
            waits: { for: 'battle', choice: 0, id: STORY_BATTLE, won: true },
          }),
        },
      },
      rules.goOn,
    ],
  ] as const)(
    `of ${TAPS} equal taps at once one %s`,
    async (_, before, rule) => {
      await change(before);
      const replies = await Promise.all(Array.from({ length: TAPS }, (__, n) => step(rule, n)));
      expect(replies.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
      expect(replies.filter(({ kind }) => kind === 'refused')).toHaveLength(TAPS - 1);
      expect((await journey()).version).toBe(2);
      expect(await database().db.$count(grants)).toBeLessThanOrEqual(1);
    },
    LONG,
  );

  test('a battle of a story that ends twice is counted once, and gives and takes nothing', async () => {
    const handlers = new BattleHandlers({ handlers: [wildRewards], clock, log: silentLog });
    const { db, others } = database();
    const archives = [db, ...others].map((one) => new SqlBattleArchive(one, handlers));
    const lost = { ...wildBattle(1, { result: 'lost' }), id: STORY_BATTLE };
    await change({ travel: { location: 'dark_forest', energy: 9 } });
    await change({ stories: { session: millInBattle() } });
    await Promise.all(archives.map((archive) => archive.store(lost)));
    await db.transaction((tx) => wildRewards.run(tx, lost));
    const { version, travel, stories } = await journey();
    expect(version).toBe(3);
    expect(travel).toMatchObject({ location: 'dark_forest', energy: 9 });
    expect(stories.session?.waits).toEqual({
      for: 'battle',
      choice: 0,
      id: STORY_BATTLE,
      won: false,
    });
    expect(await db.$count(grants)).toBe(0);
  });

  test('a battle that the story does not wait for changes nothing', async () => {
    const { db } = database();
    const ended = { ...wildBattle(1), id: 'storyzzzzzzzzzzzz' };
    await change({ stories: { session: millInBattle() } });
    await db.transaction((tx) => wildRewards.run(tx, ended));
    await change({ stories: { session: null } });
    await db.transaction((tx) => wildRewards.run(tx, { ...ended, id: STORY_BATTLE }));
    expect((await journey()).version).toBe(2);
    expect(await db.$count(grants)).toBe(0);
  });

  test('a monster is never in the way of a story, unless the story is set aside', async () => {
    await change({ stories: { session: millAt('door') } });
    await expect(change({ travel: { encounter: meeting() } })).rejects.toThrow();
    await change({ stories: { session: millAt('door', { paused: true }) } });
    await change({ travel: { encounter: meeting() } });
    expect((await journey()).travel.encounter).toEqual(meeting());
  });

  test('a row of the previous release has no stories, and its statement leaves them as they are', async () => {
    const { db } = database();
    const save = (xp: number) =>
      db.execute(sql`insert into journeys (character_id, version, level, xp, points, gold, scrap)
        values (1, 3, 1, ${xp}, 0, 7, 0) on conflict (character_id) do update set
        version = excluded.version, level = excluded.level, xp = excluded.xp,
        points = excluded.points, gold = excluded.gold, scrap = excluded.scrap, updated_at = now()`);
    await save(5);
    expect((await journey()).stories).toEqual(noStories);
    await change({ stories: { session: millAt('door') } });
    await save(6);
    expect((await journey()).stories.session).toEqual(millAt('door'));
  });

  test('a story of a later release is read as none and survives a change of something else', async () => {
    const { db } = database();
    await change({});
    const later = { schema: 2, wings: true };
    await db.update(journeysTable).set({ scenario: later });
    expect((await journey()).stories.session).toBeNull();
    await change({ travel: { location: 'quarry' } });
    const [row] = await db.select().from(journeysTable);
    expect(row?.scenario).toEqual(later);
  });
});

function choosing(index: number): rules.StoryRule {
  return rules.choose({ key: 'mill', seq: 5, index });
}
