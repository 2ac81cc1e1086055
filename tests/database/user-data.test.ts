import { eq, getTableName, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { blocks, erasedUsers } from '../../database/schema-privacy.ts';
import { battleSides, users } from '../../database/schema.ts';
import { ownedTables, tables } from '../../database/tables.ts';
import { MAX_BLOCKS } from '../../domains/account/block-list.ts';
import { keptDays } from '../../domains/privacy/user-data.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { finishedSession } from '../support/finished-session.ts';
import { silentLog } from '../support/silent-log.ts';

const DAY_MS = 86_400_000;
const [ANN, BOB, CAT] = [7_000_000_001, 7_000_000_002, 7_000_000_003] as const;
/** Columns that name a user or a character, and are no part of a row that belongs to one. */
const named = ['active_character_id'];
const columnSchema = z.object({ table_name: z.string(), column_name: z.string() });

async function setUp({ db }: DatabaseUnderTest) {
  const clock = new FixedClock();
  const repositories = repositoriesOn(db, silentLog, clock);
  const charIds: number[] = [];
  for (const userId of [ANN, BOB, CAT]) {
    const shell = { userId, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
    const reply = await repositories.characters.createShell(shell);
    if (reply.kind !== 'created') throw new Error('no character');
    charIds.push(reply.character.character_id);
    await repositories.characters.setName(reply.character.character_id, `Name${userId}`);
  }
  const [ann = 0, bob = 0] = charIds;
  /** Ann won against Bob, now. */
  const battle = (n: number) => {
    const won = battleWon(n, [ann, bob]);
    const times = { startedAtMs: clock.now(), endedAtMs: clock.now() + n };
    const [first, second] = won.sides;
    const sides = [
      { ...first, userId: ANN, name: 'Name7000000001' },
      { ...second, userId: BOB, name: 'Name7000000002' },
    ] as const;
    return { ...won, ...times, sides: [...sides] as [typeof first, typeof second] };
  };
  return { ...repositories, db, clock, ann, bob, battle };
}

describeOnEachDatabase('the data of a user', (database) => {
  test('is in tables that are all known, by columns that are all known', async () => {
    const { db } = database();
    const answer = await db.execute(
      sql`select table_name, column_name from information_schema.columns where table_schema = 'public'`,
    );
    const { rows: found } = z.object({ rows: z.array(columnSchema) }).parse(answer);
    const names = new Set(tables.map((table) => getTableName(table)));
    expect(new Set(found.map((row) => row.table_name))).toEqual(names);
    const known = new Set([
      'characters.user_id',
      'battle_sides.user_id',
      'battle_sides.character_id',
    ]);
    for (const { name, character, users: own } of ownedTables)
      for (const column of [character, ...own]) known.add(`${name}.${column?.name ?? ''}`);
    const naming = found
      .filter(({ column_name: name }) => /(user|character)_id$/.test(name) && !named.includes(name))
      .map((row) => `${row.table_name}.${row.column_name}`);
    expect(naming.filter((column) => !known.has(column))).toEqual([]);
  });

  test('erased leaves battles to opponents with a deleted player', async () => {
    const { battles, userData, battle, ann, bob, records } = await setUp(database());
    await battles.store(battle(1));
    await userData.erase(ANN);
    const stored = await battles.find(battle(1).id);
    expect(stored?.sides[0]).toMatchObject({ charId: 0, userId: null, name: '', gender: null });
    expect(stored?.sides[1]).toMatchObject({ charId: bob, userId: BOB, name: 'Name7000000002' });
    const page = await battles.listOf(bob, { kind: 'latest', limit: 5 });
    expect(page.battles).toMatchObject([{ kind: 'whole', shadow: null, own: { result: 'lost' } }]);
    expect(await records.recordOf(bob)).toMatchObject({ lost: 1 });
    expect((await battles.listOf(ann, { kind: 'latest', limit: 5 })).battles).toEqual([]);
  });

  test('is not brought back by a battle that is stored after the erasure, which counts for the opponent', async () => {
    const { battles, userData, battle, ann, bob, records, clock } = await setUp(database());
    const late = battle(1);
    clock.advance(5_000);
    await userData.erase(ANN);
    expect(await battles.store(late)).toBe('stored');
    expect((await battles.find(late.id))?.sides[0]).toMatchObject({ charId: 0, name: '' });
    expect(await records.recordOf(bob)).toMatchObject({ lost: 1 });
    expect(await records.recordOf(ann)).toMatchObject({ won: 0 });
  });

  test('of a character that this database never had is stored with a battle as before', async () => {
    const { db, battle, userData } = await setUp(database());
    await userData.erase(CAT);
    const archive = new SqlBattleArchive(db);
    const { sides, ...rest } = battle(2);
    await archive.store({ ...rest, sides: [{ ...sides[0], charId: 999_999 }, sides[1]] });
    const [side] = await db.select().from(battleSides).where(eq(battleSides.character_id, 999_999));
    expect(side).toMatchObject({ user_id: ANN, name: 'Name7000000001' });
  });

  test('is not brought back by a session that is saved after the erasure', async () => {
    const { savedSessions, userData, ann, clock, users: repository } = await setUp(database());
    const session = finishedSession(ann, ANN);
    const times = { savedAtMs: clock.now(), seenAtMs: clock.now() };
    await userData.erase(ANN);
    expect(await savedSessions.save([{ charId: ann, context: session, ...times }])).toEqual([
      'missing',
    ]);
    expect(await savedSessions.load(ann)).toBeNull();
    expect(await repository.find(ANN)).toBeNull();
  });

  test('comes back without laundering whom others have blocked, by every way of coming back', async () => {
    const { blocks: list, userData, users: repository, characters } = await setUp(database());
    const blockedBy = async () => (await list.listOf(BOB)).map(({ userId }) => userId);
    await list.block(BOB, ANN);
    const profile = { firstName: 'Ann', lastName: null, username: null, language: null };
    const shell = { userId: ANN, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
    const ways = [
      () => repository.registerUser({ userId: ANN, ...profile }),
      () => repository.setLanguage(ANN, 'ru'),
      () => repository.muteEmotes(ANN, true),
      () => characters.createShell(shell),
    ];
    for (const comeBack of ways) {
      await userData.erase(ANN);
      expect(await blockedBy()).toEqual([]);
      await comeBack();
      expect(await blockedBy()).toEqual([ANN]);
    }
    // Once: the one who has blocked them may change their mind.
    await list.unblock(BOB, ANN);
    await repository.registerUser({ userId: ANN, ...profile, firstName: 'Anna' });
    expect(await blockedBy()).toEqual([]);
  });

  test('is in nothing that is kept of others, and what a newer release keeps stays', async () => {
    const { db, blocks: list, userData, users: repository } = await setUp(database());
    await list.block(BOB, ANN);
    await list.block(CAT, ANN);
    await userData.erase(ANN);
    await db.update(erasedUsers).set({ kept: sql`kept || '{"later": 1}'` });
    await userData.erase(BOB);
    await repository.setLanguage(ANN, 'en');
    expect(await db.select().from(blocks)).toMatchObject([{ user_id: CAT, blocked_user_id: ANN }]);
    expect((await userData.read(ANN)).kept).toEqual({ later: 1 });
    const rows = JSON.stringify(await db.select().from(erasedUsers));
    expect([ANN, BOB].filter((id) => rows.includes(String(id)))).toEqual([]);
  });

  test('is kept so long and no longer', async () => {
    const { db, userData, clock } = await setUp(database());
    await userData.erase(ANN);
    clock.advance(keptDays * DAY_MS);
    expect(await userData.forgetKept()).toBe(0);
    clock.advance(1);
    expect(await userData.forgetKept()).toBe(1);
    expect(await db.$count(erasedUsers)).toBe(0);
  });

  test('names nobody who has blocked them, and no number of an opponent', async () => {
    const { battles, blocks: list, userData, battle, bob } = await setUp(database());
    await battles.store(battle(1));
    await list.block(BOB, ANN);
    await list.block(ANN, CAT);
    const read = await userData.read(ANN);
    expect(read.tables.blocks).toMatchObject([{ user_id: ANN, blocked_user_id: CAT }]);
    expect(read.battles).toMatchObject([{ id: battle(1).id, sides: [{ user_id: ANN }, {}] }]);
    expect(read.battles[0]?.sides[1]).toMatchObject({ user_id: null, name: 'Name7000000002' });
    expect(JSON.stringify(read)).not.toMatch(new RegExp(`_id":(${BOB}|${bob})\\b`));
  });
});

describeOnEachDatabase('blocked users', (database) => {
  test('are listed latest first by their characters, once, up to the limit', async () => {
    const { db, blocks: list } = await setUp(database());
    for (let id = 1; id < MAX_BLOCKS; id += 1) expect(await list.block(ANN, id)).toBe('blocked');
    await db.update(blocks).set({ created_at: new Date(0) });
    expect(await list.block(ANN, BOB)).toBe('blocked');
    expect(await list.block(ANN, BOB)).toBe('blocked');
    expect(await list.block(ANN, CAT)).toBe('full');
    const listed = await list.listOf(ANN);
    expect(listed).toHaveLength(MAX_BLOCKS);
    expect(listed[0]).toEqual({ userId: BOB, names: ['Name7000000002'] });
    expect(listed[1]?.names).toEqual([]);
    await list.unblock(ANN, BOB);
    expect(await list.block(ANN, CAT)).toBe('blocked');
  });

  test('of a user whom the database does not know are stored with a row of that user', async () => {
    const { db, blocks: list } = await setUp(database());
    expect(await list.block(99, ANN)).toBe('blocked');
    expect(await db.select().from(users).where(eq(users.id, 99))).toHaveLength(1);
  });
});
