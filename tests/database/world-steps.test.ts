import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { grants, journeys as journeysTable, stacks } from '../../database/schema-journeys.ts';
import { characters, users } from '../../database/schema.ts';
import * as rules from '../../domains/exploration/world-rules.ts';
import { type Change, newJourney, placedGrant } from '../../domains/inventory/journey.ts';
import { FixedClock } from '../support/clock.ts';
import { countedDatabase } from '../support/counted-database.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { itemOf } from '../support/items.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { repetitions } from '../support/repetitions.ts';
import { meeting, tapAt } from '../support/walker.ts';

const TAPS = repetitions({ short: 40, full: 200 });
const LONG = 60_000;
const hurt = { hp: { cur: 5, max: 100 }, mp: { cur: 5, max: 50 }, stamina: { cur: 5, max: 99 } };

describeOnEachDatabase('steps of the world', (database) => {
  const clock = new FixedClock();
  let journeys: SqlJourneys;
  let all: readonly SqlJourneys[];
  beforeEach(async () => {
    const { db, others } = database();
    journeys = new SqlJourneys({ db, clock });
    all = [journeys, ...others.map((other) => new SqlJourneys({ db: other, clock }))];
    await db.insert(users).values([{ id: 1001 }]);
    const row = { id: 1, user_id: 1001, slot: 1, location_id: 'start_village' };
    await db.insert(characters).values([{ ...row, archetype: 'warrior' as const }]);
  });

  const change = (one: Change) => journeys.step(1, () => ({ kind: 'change', change: one }));
  const journey = async () => (await journeys.read(1))?.journey ?? newJourney;
  const tap = () => tapAt(clock.now(), { vitals: hurt });

  test('a step answers what a later read answers', async () => {
    for (const rule of [rules.go('birch_wood'), rules.avoid, rules.run, rules.gather]) {
      const { version } = await journey();
      const reply = await journeys.step(1, rules.worldStep(rule, version, tap()));
      expect(reply).toMatchObject({ earnings: await journeys.read(1) });
    }
    expect((await journey()).travel).toMatchObject({
      location: 'birch_wood',
      seen: ['birch_wood'],
    });
  });

  test.each<[string, Change, rules.WorldRule, (Change['travel'] & object) | null]>([
    ['a walk', {}, rules.go('birch_wood'), { location: 'birch_wood', energy: 23 }],
    ['a search', { travel: { location: 'quarry' } }, rules.search, { energy: 22 }],
    ['gathering', { travel: { location: 'quarry' } }, rules.gather, { energy: 22 }],
    ['a rest', { travel: { location: 'crossroads' } }, rules.rest, { energy: 21 }],
    [
      'running',
      { travel: { encounter: meeting({ noticed: false }) } },
      rules.run,
      { encounter: null, energy: 21 },
    ],
    [
      'a look',
      { travel: { encounter: meeting() } },
      rules.examine,
      { encounter: meeting({ examined: true }) },
    ],
  ])(
    `of ${TAPS} equal taps at once for %s one takes effect`,
    async (...[, before, rule, after]) => {
      await change(before);
      const decide = rules.worldStep(rule, 1, tap());
      const taps = Array.from({ length: TAPS }, (_, n) =>
        (all[n % all.length] ?? journeys).step(1, decide),
      );
      const kinds = (await Promise.all(taps)).map((reply) =>
        reply.kind === 'refused' ? reply.reason : reply.kind,
      );
      expect(kinds.filter((kind) => kind === 'changed')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'stale')).toHaveLength(TAPS - 1);
      expect(await journey()).toMatchObject({ version: 2, travel: after ?? {} });
      const given = await database().db.select().from(grants);
      expect(given.length).toBeLessThanOrEqual(1);
      const { stacks: held = {} } = (await journeys.read(1)) ?? {};
      const sum = given.map(({ contents }) => (contents as { materials: object }).materials);
      expect(sum.flatMap((one) => Object.entries(one))).toEqual(Object.entries(held));
    },
    LONG,
  );

  test('a bag that is changed leaves place, energy and monster as they are', async () => {
    const travel = {
      location: 'quarry',
      prev: 'arena_city',
      energy: 3,
      encounter: meeting(),
    } as const;
    await change({ travel });
    await change({
      grants: [placedGrant({ ...grant, items: [itemOf('1 might_head common')] }, [])],
    });
    expect((await journey()).travel).toMatchObject(travel);
  });

  test('a place that only a later release knows survives a change that is not a walk', async () => {
    const { db } = database();
    await change({ travel: { location: 'quarry' } });
    await db.update(journeysTable).set({ location_id: 'moon', encounter: { id: 'x', on: 'moon' } });
    expect((await journey()).travel).toMatchObject({ location: 'start_village', encounter: null });
    await change({ grants: [placedGrant(grant, [])] });
    const [row] = await db.select().from(journeysTable);
    expect(row).toMatchObject({ location_id: 'moon', encounter: { id: 'x', on: 'moon' }, xp: 5 });
  });

  test('a row of the previous release is at the start with full energy, and its statement still works', async () => {
    const { db } = database();
    // As release 0.7.0 writes it, also beside this one.
    const save = (xp: number) =>
      db.execute(sql`insert into journeys (character_id, version, level, xp, points, gold, scrap)
        values (1, 3, 1, ${xp}, 0, 7, 0) on conflict (character_id) do update set
        version = excluded.version, level = excluded.level, xp = excluded.xp,
        points = excluded.points, gold = excluded.gold, scrap = excluded.scrap, updated_at = now()`);
    await save(5);
    const read = await journey();
    expect(read).toMatchObject({ version: 3, xp: 5, gold: 7 });
    expect(read.travel).toMatchObject({
      location: 'start_village',
      prev: null,
      energy: 24,
      encounter: null,
      seen: [],
      dry: 0,
      bossDay: null,
    });
    const step = rules.worldStep(rules.go('birch_wood'), 3, tapAt(Date.now()));
    expect(await journeys.step(1, step)).toMatchObject({ kind: 'changed' });
    const { travel } = await journey();
    await save(6);
    expect((await journey()).travel).toEqual(travel);
  });

  test('materials are within their limits, by a constraint of the database', async () => {
    const { db } = database();
    await change({ grants: [placedGrant({ ...grant, materials: { ore: 998 } }, [])] });
    await change({
      grants: [placedGrant({ ...grant, id: 'b', materials: { ore: 9, ash: 1 } }, [])],
    });
    expect((await journeys.read(1))?.stacks).toEqual({ ore: 999, ash: 1 });
    await expect(change({ spent: { ore: 1_000 } })).rejects.toThrow();
    const sold = await change({ spent: { ore: 999 } });
    expect(sold).toMatchObject({ earnings: await journeys.read(1) });
    expect((await journeys.read(1))?.stacks).toEqual({ ash: 1 });
    expect(await db.select().from(stacks)).toHaveLength(2);
  });
});

const grant = { id: 'a', xp: 5, gold: 0, items: [], uses: {} };

describe('statements', () => {
  test('no step of the world makes more than five', async () => {
    const database = await countedDatabase();
    onTestFinished(() => database.close());
    const clock = new FixedClock();
    const journeys = new SqlJourneys({ db: database.db, clock });
    await manyCharacters(database.db, 1);
    const counts: Record<string, number> = {};
    const count = async (rule: rules.WorldRule, name: string, before: Change = {}) => {
      const reply = await journeys.step(1, () => ({ kind: 'change', change: before }));
      const version = reply.kind === 'changed' ? reply.earnings.journey.version : 0;
      database.takeCount();
      const decide = rules.worldStep(rule, version, tapAt(clock.now(), { vitals: hurt }));
      expect(await journeys.step(1, decide)).toMatchObject({ kind: 'changed' });
      counts[name] = database.takeCount();
    };
    const at = (travel: Change['travel']) => ({
      travel: { energy: 24, encounter: null, ...travel },
    });
    await count(rules.go('birch_wood'), 'first visit');
    await count(rules.go('start_village'), 'safe step', at({}));
    await count(rules.search, 'search', at({ location: 'quarry' }));
    await count(rules.gather, 'gather', at({}));
    await count(rules.rest, 'rest', at({ location: 'crossroads' }));
    await count(rules.sellMaterials, 'sell', at({}));
    await count(rules.heal, 'heal', at({ location: 'watchtower' }));
    await count(rules.examine, 'examine', at({ encounter: meeting() }));
    await count(rules.fight, 'fight', at({ encounter: meeting() }));
    await count(rules.avoid, 'avoid', at({ encounter: meeting() }));
    expect(counts).toEqual({
      'first visit': 5,
      'safe step': 3,
      search: 5,
      gather: 5,
      rest: 5,
      sell: 5,
      heal: 3,
      examine: 5,
      fight: 3,
      avoid: 3,
    });
  });
});
