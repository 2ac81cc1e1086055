import { type SQL, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import type { Change, Earnings, Grant } from '../../domains/inventory/journey.ts';
import { placedGrant } from '../../domains/inventory/journey.ts';
import { checkEarnings } from '../../tools/chaos/check-earnings.ts';
import { auditEarned, endedBeforeRewards } from '../../tools/chaos/audit.ts';
import { readEarned } from '../../tools/chaos/earned.ts';
import { describeViolation } from '../../tools/chaos/violation.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { type CheckedDuel, nothingLost, useCheckedDuels } from './checked-duel.ts';

const { openDuel } = useCheckedDuels();

const gift: Grant = {
  id: 'start:1',
  xp: 30,
  gold: 21,
  uses: {},
  items: [
    { template: 'might_weapon', rarity: 'fine', affixes: ['bear'] },
    { template: 'might_weapon', rarity: 'common', affixes: [] },
    { template: 'grace_head', rarity: 'common', affixes: [] },
  ],
};

/** Character 1 is a duelist of level 2 with reforged gear, a sold item and a spent point, after one battle. */
async function openEarned() {
  const duel = await openDuel();
  const { db } = duel.stores;
  await db.execute(sql`update characters set archetype = case id when 1 then 'duelist' else 'guardian' end,
    name = 'Fighter ' || id, name_key = 'fighter ' || id`);
  const journeys = new SqlJourneys({ db, clock: new FixedClock() });
  const step = async (change: (earnings: Earnings) => Change) =>
    journeys.step(1, (earnings) => ({ kind: 'change', change: change(earnings) }));
  await step(({ items }) => ({ grants: [placedGrant(gift, items)] }));
  await step(({ items: [axe, , helmet], attributes }) => ({
    items: axe === undefined ? [] : [{ ...axe, affixes: ['ox'], place: 'worn', slot: 'weapon' }],
    gone: [{ id: helmet?.id ?? 0, how: 'sold' }],
    wallet: [
      { reason: 'sell', ref: String(helmet?.id), gold: 4, scrap: 0 },
      { reason: 'reforge', ref: `${axe?.id ?? 0}:1`, gold: -1, scrap: 0 },
    ],
    spentPoints: 1,
    attributes: { ...attributes, agility: attributes.agility + 1 },
  }));
  const battleId = await duel.fight();
  await duel.services.combat.surrender(1, battleId);
  return { ...duel, step, battleId };
}

async function reportOf({ stores }: Pick<CheckedDuel, 'stores'>, history = nothingLost) {
  const { violations, ...counts } = await checkEarnings(stores, history);
  return { ...counts, violations: violations.map(describeViolation) };
}

test('nothing is reported of what was earned in order, and a session behind it is repaired once', async () => {
  const duel = await openEarned();
  const counts = { paid: 2, unpaid: 0, items: 3, violations: [] };
  expect(await reportOf(duel)).toEqual({ ...counts, repaired: 1 });
  expect(await reportOf(duel)).toEqual({ ...counts, repaired: 0 });
});

test('wins against monsters are not limited to the paid battles of a day', async () => {
  const duel = await openEarned();
  await duel.stores.db.execute(sql`insert into grants select 'battle:none:' || n, 1,
    contents || '{"wild": {"monster": "rat", "result": "won"}}', created_at
    from grants, generate_series(1, 6) n where id = 'start:1'`);
  const { violations } = await reportOf(duel);
  expect(violations.filter((one) => one.includes('battles of'))).toEqual([]);
});

/** Statements that a release with an error might as well have run, and what must be reported. */
const wrongs: Readonly<Record<string, readonly [SQL, RegExp]>> = {
  'a side without its grant': [
    sql`delete from grants where id like 'battle:%:0'`,
    /^every battle paid once: side 0 of battle \w+ is not paid to character 2/,
  ],
  'a battle that paid somebody else': [
    sql`update grants set character_id = 1 where id like 'battle:%:0'`,
    /^every battle paid once: side 0 of battle \w+ is not paid to character 2/,
  ],
  'a grant of no battle': [
    sql`insert into grants select 'battle:none:0', 1, contents, created_at from grants where id = 'start:1'`,
    /^every battle paid once: grant battle:none:0 is of no stored side/,
  ],
  'a sixth paid battle of a day': [
    sql`insert into grants select 'battle:none:' || n, 1, contents, created_at
      from grants, generate_series(1, 6) n where id = 'start:1'`,
    /^every battle paid once: 6 battles of \d{4}-\d\d-\d\d paid character 1/,
  ],
  'gold without a transaction': [
    sql`update journeys set gold = gold + 1 where character_id = 1`,
    /^every wallet adds up: character 1 has 25 gold, its transactions 24/,
  ],
  'a lost transaction': [
    sql`delete from wallet_transactions where reason = 'sell'`,
    /^every wallet adds up: character 1 has 24 gold, its transactions 20/,
  ],
  'a purchase without the gold for it': [
    sql`with paid as (insert into wallet_transactions (character_id, gold, scrap, reason, ref, created_at)
      values (1, -50, 0, 'buy', 'a', now()), (1, 50, 0, 'sell', 'b', now()))
      select 1`,
    /^every wallet adds up: character 1 had -26 gold and 0 scrap after buy a/,
  ],
  'a grant that paid less than it gave': [
    sql`update grants set contents = contents || '{"gold": 22}' where id = 'start:1'`,
    /^every wallet adds up: character 1 was given 22 gold and 0 scrap by start:1, and paid 21 and 0/,
  ],
  'a purchase without its item': [
    sql`insert into wallet_transactions (character_id, gold, scrap, reason, ref, created_at)
      values (1, -16, 0, 'buy', '2026-01-01:0', now())`,
    /^every wallet adds up: character 1 paid for buy:1:2026-01-01:0 and was given nothing/,
  ],
  'an item of the shop that was not paid for': [
    sql`insert into grants select 'buy:1:2026-01-01:0', 1,
      '{"xp": 0, "gold": 0, "scrap": 0, "items": [], "uses": {}}', created_at
      from grants where id = 'start:1'`,
    /^every wallet adds up: character 1 did not pay for buy:1:2026-01-01:0/,
  ],
  'a payment for no grant': [
    sql`insert into wallet_transactions (character_id, gold, scrap, reason, ref, created_at)
      values (1, 1, 0, 'grant', 'start:2', now())`,
    /^every wallet adds up: character 1 was paid for start:2, which is no grant/,
  ],
  'experience without a grant': [
    sql`update journeys set xp = xp + 5 where character_id = 1`,
    /^every level earned: experience of character 1: has 35, earned 30/,
  ],
  'a level without its experience': [
    sql`update journeys set level = 3, points = 1 where character_id = 1`,
    /^every level earned: level of character 1: has 3, earned 2/,
  ],
  'a point that was spent and kept': [
    sql`update journeys set points = 1 where character_id = 1`,
    /^every level earned: points of character 1: has 1, earned 0/,
  ],
  'an attribute below that of the archetype': [
    sql`update characters set attributes = jsonb_set(attributes, '{luck}', '1') where id = 1`,
    /^every level earned: luck of character 1 is -\d+ above the archetype's/,
  ],
  'a use of a technique without a battle': [
    sql`insert into skill_progress values (1, 'feint', 1)`,
    /^every level earned: uses of feint of character 1: has 1, earned 0/,
  ],
  'an item that was given and is not there': [
    sql`delete from items where grant_line = 1`,
    /^every item granted once: character 1 lacks items of start:1 worth 1 scrap, which gave 0/,
  ],
  'an item that no grant names': [
    sql`update items set grant_line = 7 where grant_line = 1`,
    /^every item granted once: character 1 has item \d+, which start:1 does not name/,
  ],
  'an item that was given otherwise': [
    sql`update items set rarity = 'common', affixes = '[]' where grant_line = 0`,
    /^every item granted once: character 1 has another item than line 0 of start:1/,
  ],
  'an item that went to another character': [
    sql`update items set character_id = 2 where grant_line = 1`,
    /^every item granted once: character 2 has item \d+ of grant start:1, which is not theirs/,
  ],
  'a sold item that was not paid for': [
    sql`delete from wallet_transactions where reason = 'sell'`,
    /^every item granted once: character 1 was not paid for item \d+, sold/,
  ],
  'a payment for an item that is still there': [
    sql`update items set gone_at = null, gone_how = null`,
    /^every item granted once: character 1 was paid for item \d+, not sold/,
  ],
  'an item in the slot of another': [
    sql`update items set slot = 'feet' where place = 'worn'`,
    /^every item in its place: character 1 has item \d+ in worn, slot feet/,
  ],
  'a bag with too many items': [
    sql`insert into items (character_id, template, rarity, affixes, place, grant_id, grant_line, created_at)
      select 1, 'might_head', 'common', '[]', 'bag', 'start:1', n, now() from generate_series(10, 33) n`,
    /^every item in its place: character 1 has 25 items in the bag/,
  ],
  'a chest with too many items': [
    sql`insert into items (character_id, template, rarity, affixes, place, grant_id, grant_line, created_at)
      select 1, 'might_head', 'common', '[]', 'chest', 'start:1', n, now() from generate_series(10, 70) n`,
    /^every item in its place: character 1 has 61 items in the chest/,
  ],
  'gear of an item that is not worn': [
    sql`update items set place = 'bag', slot = null where place = 'worn'`,
    /^gear as worn: character 1 has 2 strength of gear and wears 0/,
  ],
  'gear of a change that is not stored': [
    sql`update journeys set version = 1 where character_id = 1`,
    /^gear as worn: character 1 has gear of version 2 at version 1/,
  ],
};

test.each(Object.entries(wrongs))('%s is reported', async (_name, [statement, reported]) => {
  const duel = await openEarned();
  await duel.stores.db.execute(statement);
  const { violations } = await reportOf(duel);
  expect(violations).toContainEqual(expect.stringMatching(reported));
});

test('two items in one slot are reported', async () => {
  const { stores } = await openEarned();
  const earned = await readEarned(stores.db);
  // The database refuses them.
  const characters = earned.characters.map((one) => ({
    ...one,
    items: [...one.items, ...one.items.filter(({ slot }) => slot === 'weapon')],
  }));
  const { violations } = auditEarned({ ...earned, characters }, () => false);
  expect(violations.map(describeViolation)).toContain(
    'every item in its place: character 1 wears two items in weapon',
  );
});

test('a session that is ahead of the database is reported', async () => {
  const duel = await openEarned();
  await duel.services.accounts.changeAccount(1, (account) => ({
    ...account,
    gear: { version: 9, bonus: {} },
  }));
  expect((await reportOf(duel)).violations).toContainEqual(
    expect.stringMatching(/^every session as earned: .* 1 has a change that the database lacks/),
  );
});

test.each([
  ['gear', { gear: { version: 2, bonus: { strength: 9 } } }],
  ['skills', { skills: {} }],
  ['loadout', { loadout: [] }],
])('a session of the same version with other %s is reported', async (part, change) => {
  const duel = await openEarned();
  await reportOf(duel);
  await duel.services.accounts.changeAccount(1, (account) => ({ ...account, ...change }));
  const reported = `the session of character 1 has other ${part} than the database`;
  expect((await reportOf(duel)).violations).toContainEqual(`every session as earned: ${reported}`);
});

test('a battle without any grant is counted apart if the older release ended it', async () => {
  const duel = await openEarned();
  const battle = { ...battleWon(7, [1, 2]), id: 'olderbattle1' };
  await new SqlBattleArchive(duel.stores.db).store(battle);
  const older = { ...nothingLost, isOfOlderRelease: (id: string) => id === battle.id };
  expect(await reportOf(duel, older)).toMatchObject({ paid: 2, unpaid: 1, violations: [] });
  expect((await reportOf(duel)).violations).toEqual([
    'every battle paid once: side 0 of battle olderbattle1 is not paid to character 1',
    'every battle paid once: side 1 of battle olderbattle1 is not paid to character 2',
  ]);
});

test('battles before the first paid one are taken for those of an older release', async () => {
  const { stores } = await openEarned();
  const battle = { ...battleWon(7, [1, 2]), id: 'olderbattle1' };
  await new SqlBattleArchive(stores.db).store(battle);
  const earned = await readEarned(stores.db);
  const [paid] = earned.sides.filter((one) => one.battle_id !== battle.id);
  const [older] = earned.sides.filter((one) => one.battle_id === battle.id);
  const isOlder = endedBeforeRewards(earned);
  expect([paid, older].map((side) => side !== undefined && isOlder(side))).toEqual([false, true]);
});

test('points beyond the levels are reported, unless a story has distributed them', async () => {
  const duel = await openEarned();
  await duel.step(({ attributes }) => ({
    attributes: { ...attributes, agility: attributes.agility + 6 },
  }));
  expect((await reportOf(duel)).violations).toEqual([
    'every level earned: points of character 1: has 0, earned -6',
  ]);
  await duel.step(() => ({ stories: { ended: { prologue: { endedAtMs: 0, runs: 1 } } } }));
  expect((await reportOf(duel)).violations).toEqual([]);
});
