import { type SQL, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { openBattle } from '../../domains/combat/battle-session.ts';
import * as rules from '../../domains/exploration/world-rules.ts';
import type { Change } from '../../domains/inventory/journey.ts';
import { keys } from '../../redis/keys.ts';
import { auditEarned } from '../../tools/chaos/audit.ts';
import { isWhereStored } from '../../tools/chaos/check-next-tap.ts';
import { checkEncounters, checkWorld } from '../../tools/chaos/check-world.ts';
import { readEarned } from '../../tools/chaos/earned.ts';
import { describeViolation } from '../../tools/chaos/violation.ts';
import { BATTLE_START_MS, battleSetup, turnRules } from '../support/battle-setup.ts';
import { FixedClock } from '../support/clock.ts';
import { meeting, tapAt } from '../support/walker.ts';
import { wildBattle } from '../support/wild-battles.ts';
import { type CheckedDuel, useCheckedDuels } from './checked-duel.ts';

const { openDuel } = useCheckedDuels();
const clock = new FixedClock();

/** Character 1 has walked, gathered and fought, and sold what it found; what it met is gone. */
async function openWalked() {
  const duel = await openDuel();
  const { db } = duel.stores;
  await db.execute(sql`update characters set archetype = 'warrior', name = 'Fighter ' || id,
    name_key = 'fighter ' || id`);
  const journeys = new SqlJourneys({ db, clock });
  const change = (one: Change) => journeys.step(1, () => ({ kind: 'change', change: one }));
  const walk = async (rule: rules.WorldRule) => {
    await journeys.step(1, (earnings) => rule(earnings, tapAt(clock.now())));
    await change({ travel: { encounter: null } });
  };
  const fight = async (n: number, result: 'won' | 'lost') => {
    const battle = wildBattle(n, { result });
    await change({ travel: { encounter: meeting({ id: battle.id }) } });
    await duel.working.archive.store({ ...battle, endedAtMs: clock.now() + n });
  };
  await walk(rules.go('birch_wood'));
  await walk(rules.gather);
  for (const n of [1, 2, 3]) await fight(n, 'won');
  for (const place of ['start_village', 'crossroads'] as const) await walk(rules.go(place));
  await walk(rules.sellMaterials);
  for (const place of ['start_village', 'birch_wood'] as const) await walk(rules.go(place));
  await walk(rules.gather);
  await fight(7, 'lost');
  await walk(rules.heal);
  return { ...duel, change };
}

async function reportOf({ stores }: Pick<CheckedDuel, 'stores'>): Promise<string[]> {
  const earned = await readEarned(stores.db);
  const { violations } = auditEarned(earned, () => false);
  return [...violations, ...(await checkWorld(stores)).violations].map(describeViolation);
}

test('nothing is reported of a walk in order, and a session behind it is repaired once', async () => {
  const duel = await openWalked();
  expect(await reportOf(duel)).toEqual([]);
  const counts = { steps: 6, battles: 4, won: 3, grants: 4, violations: [] };
  await duel.services.accounts.setLocation(1, 'titan_stair');
  expect(await checkWorld(duel.stores)).toEqual({ ...counts, repaired: 1 });
  expect(await checkWorld(duel.stores)).toEqual({ ...counts, repaired: 0 });
});

const wild1 = wildBattle(1).id;
const met = (id: string) => JSON.stringify(meeting({ id }));

/** Statements that a release with an error might as well have run, and what must be reported. */
const wrongs: Readonly<Record<string, readonly [SQL, RegExp]>> = {
  'a place that nobody knows': [
    sql`update journeys set location_id = 'moon'`,
    /^every place reached by steps: character 1 is in moon and came from \w+, which are no places/,
  ],
  'a place that no step leads to': [
    sql`update journeys set prev_location_id = 'titan_stair'`,
    /^every place reached by steps: character 1 is in start_village, which is no step from titan_stair/,
  ],
  'a first visit that was not granted': [
    sql`update journeys set seen = seen || '["quarry"]'`,
    /^every place reached by steps: character 1 has seen .*quarry.*, and was granted \[/,
  ],
  'a first visit that was forgotten': [
    sql`update journeys set seen = '[]'`,
    /^every place reached by steps: character 1 has seen \[\], and was granted \[.*crossroads/,
  ],
  'grants without a journey': [
    sql`delete from journeys`,
    /^every place reached by steps: character 1 has grants and no journey/,
  ],
  'an encounter in a safe place': [
    sql`update journeys set encounter = ${met('none')}::jsonb`,
    /^every encounter fought once: character 1 has met a wolf in start_village/,
  ],
  'an encounter that was fought': [
    sql`update journeys set encounter = ${met(wild1)}::jsonb`,
    /^every encounter fought once: character 1 has fought wild00000001, and meets it again/,
  ],
  'an encounter that nobody can read': [
    sql`update journeys set encounter = '{}'`,
    /^every encounter fought once: character 1 has met \{\}/,
  ],
  'energy that came from nowhere': [
    sql`update journeys set energy = 24`,
    /^all energy counted: character 1 has 24 energy after \d+ spent of at most 24/,
  ],
  'materials that were not given': [
    sql`insert into stacks values (1, 'ore', 1)`,
    /^all materials counted: character 1 has 1 ore of 0 given/,
  ],
  'materials that were paid twice': [
    sql`update grants set contents = contents || '{"gold": 900}' where id like 'materials:%'`,
    /^all materials counted: character 1 was paid 900 gold for materials worth \d+/,
  ],
  'a sale that took materials and paid less': [
    sql`update grants set contents = contents || '{"gold": 1}' where id like 'materials:%'`,
    /^all materials counted: character 1 was paid 1 gold for materials worth \d+/,
  ],
  'a healer who asked too much': [
    sql`insert into wallet_transactions (character_id, gold, scrap, reason, ref, created_at)
      values (1, -9, 0, 'heal', '1', now())`,
    /^all materials counted: character 1 paid the healer 9 gold/,
  ],
  'a battle that gave more than the handler computes': [
    sql`update grants set contents = contents || '{"xp": 4}' where id = ${`battle:${wild1}:0`}`,
    /^every wild battle paid as won: character 1: battle:wild00000001:0 gave \{"xp":4,/,
  ],
  'a battle that counts as won and was lost': [
    sql`update grants set contents = jsonb_set(contents, '{wild,result}', '"won"')
      where id = 'battle:wild00000007:0'`,
    /^every wild battle paid as won: character 1: battle:wild00000007:0 gave/,
  ],
  'a grant of no battle against a monster': [
    sql`insert into grants select 'battle:none:0', 1, contents, created_at from grants
      where id = ${`battle:${wild1}:0`}`,
    /^every wild battle paid as won: character 1: battle:none:0 is of no battle against a monster/,
  ],
  'a win that was not counted for the next item': [
    sql`update journeys set dry = 9`,
    /^every wild battle paid as won: character 1: 9 wins in a row without an item, not \d/,
  ],
  'a won battle without its grant': [
    sql`delete from grants where id = ${`battle:${wild1}:0`}`,
    /^every battle paid once: side 0 of battle wild00000001 is not paid to character 1/,
  ],
  'a battle that paid its monster as well': [
    sql`insert into grants select ${`battle:${wild1}:1`}, 1, contents, created_at from grants
      where id = ${`battle:${wild1}:0`}`,
    /^every battle paid once: grant battle:wild00000001:1 is of no stored side/,
  ],
};

test.each(Object.entries(wrongs))('%s is reported', async (_name, [statement, reported]) => {
  const duel = await openWalked();
  await duel.stores.db.execute(statement);
  expect(await reportOf(duel)).toContainEqual(expect.stringMatching(reported));
});

test('a running battle of an encounter that its character does not have is reported', async () => {
  const { stores, battles, change } = await openWalked();
  const setup = battleSetup({ id: 'wild00000008', second: { monster: 'wolf' } });
  await battles.create(openBattle(setup, BATTLE_START_MS, turnRules));
  expect((await checkEncounters(stores)).map(describeViolation)).toEqual([
    'every encounter fought once: character 1 fights wild00000008, and meets null',
  ]);
  await change({ travel: { encounter: meeting({ id: 'wild00000008' }) } });
  expect(await checkEncounters(stores)).toEqual([]);
});

test('a session counts as wrong in another place than the database has, and as right in the same', async () => {
  const { stores, services, client } = await openWalked();
  await client.hset(keys.player(1001), 'character', '1');
  await services.accounts.setLocation(1, 'titan_stair');
  expect(await isWhereStored(stores, 1001)).toBe(false);
  await services.accounts.setLocation(1, 'start_village');
  expect(await isWhereStored(stores, 1001)).toBe(true);
  expect(await isWhereStored(stores, 1002)).toBe(true);
});
