import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { battleSides, battles } from '../../database/schema.ts';
import { type ArchivedBattle, DamagedBattleError } from '../../domains/combat/battle-archive.ts';
import { replay } from '../../domains/combat/replay.ts';
import { archivedBattle } from '../support/archived-battles.ts';
import { checkBattleArchive } from '../support/battle-archive-contract.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { repetitions } from '../support/repetitions.ts';

describeOnEachDatabase('battles', (database) => {
  checkBattleArchive(() => new SqlBattleArchive(database().db));

  test('store saves a battle once when many processes store it', async () => {
    const { db, others } = database();
    const battle = archivedBattle(1);
    const replies = await Promise.all(
      [db, ...others, db, ...others].map((one) => new SqlBattleArchive(one).store(battle)),
    );
    expect(replies.filter((reply) => reply === 'stored')).toHaveLength(1);
    expect([await db.$count(battles), await db.$count(battleSides)]).toEqual([1, 2]);
  });

  test('stored battles replay to their stored outcome', async () => {
    const archive = new SqlBattleArchive(database().db);
    for (const battle of some(repetitions({ short: 10, full: 1_000 }))) {
      await archive.store(battle);
      const found = await archive.find(battle.id);
      expect(found).toEqual(battle);
      if (found !== null) expect(replay(found).battle.outcome).toEqual(battle.outcome);
    }
  }, 120_000);

  test('listOf returns the other battles beside an unreadable one', async () => {
    const { db } = database();
    const archive = new SqlBattleArchive(db);
    for (const battle of some(3)) await archive.store(battle);
    const id = archivedBattle(1).id;
    await db.execute(sql`update battles set outcome = '{"winner": 7}' where id = ${id}`);
    const { battles: listed } = await archive.listOf(1, { kind: 'latest', limit: 5 });
    expect(listed.map(({ kind }) => kind)).toEqual(['whole', 'damaged', 'whole']);
    await expect(archive.find(id)).rejects.toThrow(DamagedBattleError);
    await expect(archive.find(id)).rejects.toMatchObject({ battleId: id });
    expect(await archive.find(archivedBattle(2).id)).toEqual(archivedBattle(2));
  });

  test('a page of a long history uses the index', async () => {
    const { db } = database();
    await db.insert(battles)
      .select(sql`select 'b' || n, '1v1', 1, repeat('0', 32), '[{}, {}]', '[]', '{}',
      1, timestamptz '2026-01-01', timestamptz '2026-01-01' + n * interval '1 s', false from generate_series(1, 5000) n`);
    await db.insert(battleSides)
      .select(sql`select id, 0, n % 9, null, null::text, 'Anna', null::text, 100, 'won', null::int, ended_at
      from (select *, substr(id, 2)::int as n from battles) b`);
    await db.execute(sql`analyze battle_sides`);
    for (const [beside, order] of [
      ['<', 'desc'],
      ['>', 'asc'],
    ] as const) {
      const plan = await db.execute(sql`explain select * from battle_sides
        where character_id = 1
          and (ended_at, battle_id) ${sql.raw(beside)} (timestamptz '2026-01-01 00:30', 'b')
        order by ended_at ${sql.raw(order)}, battle_id ${sql.raw(order)} limit 6`);
      expect(JSON.stringify(plan)).toMatch(/Index Scan (Backward )?using battle_sides_history/);
      expect(JSON.stringify(plan)).not.toMatch(/Sort|Filter/);
    }
  });

  test.each([
    ['battles_seed_hex', sql`seed = 'hex'`],
    ['battles_turns_counted', sql`turns = 0`],
    ['battles_sheets_of_two', sql`sheets = '{}'`],
    ['battles_sheets_of_two', sql`sheets = '[{}]'`],
    ['battles_sheets_of_two', sql`sheets = '[{}, {}, {}]'`],
    ['battles_inputs_array', sql`inputs = '{}'`],
    ['battles_outcome_object', sql`outcome = '[]'`],
    ['battles_end_after_start', sql`ended_at = started_at - interval '1 ms'`],
  ])('the database itself refuses a battle against %s: %#', async (constraint, change) => {
    const { db } = database();
    await new SqlBattleArchive(db).store(archivedBattle(1));
    await expect(db.execute(sql`update battles set ${change}`)).rejects.toMatchObject({
      cause: { constraint },
    });
  });

  test.each([
    ['battle_sides_gs_counted', sql`gs = -1`],
    ['battle_sides_monster_known', sql`character_id = null, user_id = null, monster = 'unicorn'`],
    ['battle_sides_monster_alone', sql`monster = 'wolf'`],
    ['battle_sides_shadow_alone', sql`character_id = null, user_id = 7`],
    ['battle_sides_result_known', sql`result = 'fled'`],
  ])('the database itself refuses a side against %s', async (constraint, change) => {
    const { db } = database();
    await new SqlBattleArchive(db).store(archivedBattle(1));
    await expect(db.execute(sql`update battle_sides set ${change}`)).rejects.toMatchObject({
      cause: { constraint },
    });
  });

  test('the schema refuses a third side, and a failed store saves nothing', async () => {
    const { db } = database();
    const archive = new SqlBattleArchive(db);
    const battle = archivedBattle(1);
    const [first, second] = battle.sides;
    const wrong = { ...battle, sides: [first, { ...second, gs: Number.NaN }] } as const;
    await expect(archive.store({ ...wrong, sides: [...wrong.sides] })).rejects.toThrow();
    expect([await db.$count(battles), await db.$count(battleSides)]).toEqual([0, 0]);
    await archive.store(battle);
    const third = sql`insert into battle_sides select battle_id, 2, character_id, user_id, name, gs,
      result, ended_at from battle_sides where side = 0`;
    await expect(db.execute(third)).rejects.toMatchObject({
      cause: { constraint: 'battle_sides_side_known' },
    });
  });
});

function some(count: number): ArchivedBattle[] {
  return Array.from({ length: count }, (_, n) => archivedBattle(n));
}
