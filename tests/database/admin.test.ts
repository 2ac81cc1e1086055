import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { adminActions, bans } from '../../database/schema-admin.ts';
import { walletTransactions } from '../../database/schema-journeys.ts';
import { battleRatings, ladderStandings } from '../../database/schema-ratings.ts';
import { characters, users } from '../../database/schema.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { silentLog } from '../support/silent-log.ts';

const ADMIN = 9;
const DAY_MS = 86_400_000;
const [ANN, BOB] = [1001, 1002] as const;

async function setUp({ db }: DatabaseUnderTest) {
  const clock = new FixedClock();
  const repositories = repositoriesOn(db, silentLog, clock);
  await db.insert(users).values([{ id: ANN, username: 'Ann_A' }, { id: BOB }]);
  const row = { slot: 1, location_id: 'inn' };
  await db.insert(characters).values([
    { id: 1, user_id: ANN, ...row },
    { id: 2, user_id: BOB, ...row },
  ]);
  await repositories.characters.setName(1, 'Annabel');
  /** Ann won it, now. */
  const fight = (n: number) =>
    repositories.battles.store({
      ...battleWon(n),
      startedAtMs: clock.now(),
      endedAtMs: clock.now(),
    });
  const standings = () => db.select().from(ladderStandings).orderBy(ladderStandings.character_id);
  return { ...repositories, db, clock, fight, standings };
}

const banned = { userId: ANN, untilMs: null, reason: 'Rude words', isRatedOnly: false };

describeOnEachDatabase('what operators do', (database) => {
  test('a ban counts until its end, replaces an earlier one, and is stored with its action', async () => {
    const { admin, clock, db } = await setUp(database());
    await admin.ban(ADMIN, { ...banned, isRatedOnly: true });
    await admin.ban(ADMIN, { ...banned, untilMs: clock.now() + DAY_MS });
    expect(await admin.activeBans()).toEqual([{ ...banned, untilMs: clock.now() + DAY_MS }]);
    clock.advance(DAY_MS);
    expect(await admin.activeBans()).toEqual([]);
    expect(await db.select().from(adminActions)).toMatchObject([
      { admin: ADMIN, action: 'ban', target: `user:${ANN}`, details: { isRatedOnly: true } },
      { admin: ADMIN, action: 'ban', details: { reason: 'Rude words', isRatedOnly: false } },
    ]);
    expect(await admin.unban(ADMIN, ANN)).toBe(true);
    expect(await admin.unban(ADMIN, ANN)).toBe(false);
    expect(await db.$count(adminActions)).toBe(3);
  });

  test('a ban comes back with a user who was erased, without the operator', async () => {
    const { admin, userData, users: store, db } = await setUp(database());
    await admin.ban(ADMIN, banned);
    await userData.erase(ANN);
    expect(await admin.activeBans()).toEqual([]);
    const profile = { userId: ANN, firstName: 'A', lastName: null, username: null };
    await store.registerUser({ ...profile, language: 'en' });
    expect(await admin.activeBans()).toEqual([banned]);
    expect(await db.select().from(bans)).toMatchObject([{ by: null }]);
    expect(await db.select().from(adminActions)).toMatchObject([
      { target: 'user:erased', details: {} },
    ]);
    // Lifted, it does not come back with the next erasure.
    await admin.unban(ADMIN, ANN);
    await userData.erase(ANN);
    await store.registerUser({ ...profile, language: 'en' });
    expect(await admin.activeBans()).toEqual([]);
  });

  test('the data of a banned user does not name the operator', async () => {
    const { admin, userData } = await setUp(database());
    await admin.ban(ADMIN, banned);
    const { tables } = await userData.read(ANN);
    expect(tables['bans']).toMatchObject([{ user_id: ANN, reason: 'Rude words' }]);
    expect(JSON.stringify(tables['bans'])).not.toContain('"by"');
  });

  test('a battle during a ban from rated play is not rated; before and after it, it is', async () => {
    const { admin, fight, clock, db } = await setUp(database());
    await fight(1);
    clock.advance(DAY_MS);
    const untilMs = clock.now() + DAY_MS;
    await admin.ban(ADMIN, { ...banned, isRatedOnly: true, untilMs });
    await fight(2);
    clock.advance(DAY_MS);
    await fight(3);
    const { battle_id, unrated, side } = battleRatings;
    const first = db.select({ unrated }).from(battleRatings).where(eq(side, 0)).orderBy(battle_id);
    expect(await first).toEqual([{ unrated: null }, { unrated: 'paused' }, { unrated: null }]);
  });

  test('a full ban does not change the rating of a battle that ends during it', async () => {
    const { admin, fight, standings } = await setUp(database());
    await admin.ban(ADMIN, banned);
    await fight(1);
    expect(await standings()).toHaveLength(2);
  });

  test('a voided battle leaves both ratings as without it, once', async () => {
    const { admin, fight, standings, clock, db } = await setUp(database());
    await fight(1);
    const before = await standings();
    clock.advance(2 * DAY_MS);
    await fight(2);
    const { id } = battleWon(2);
    const replies = await Promise.all([1, 2].map(() => admin.voidBattle(ADMIN, id)));
    expect(replies.toSorted()).toEqual(['unrated', 'voided']);
    const after = await standings();
    for (const [at, standing] of after.entries()) {
      const { mu, sigma, r, battles, lifetime, opponents } = before[at] ?? standing;
      expect(standing).toMatchObject({ r, battles, lifetime, opponents });
      expect([standing.mu - mu, standing.sigma - sigma]).toEqual([
        expect.closeTo(0, 6),
        expect.closeTo(0, 6),
      ]);
    }
    expect(after).toHaveLength(2);
    expect(await admin.voidBattle(ADMIN, battleWon(1).id)).toBe('voided');
    expect(await standings()).toEqual([]);
    expect(await admin.voidBattle(ADMIN, 'unknown')).toBe('unrated');
    expect(await db.$count(adminActions, eq(adminActions.action, 'void'))).toBe(2);
  });

  test('a battle of an earlier season is not voided', async () => {
    const { admin, fight, db, standings } = await setUp(database());
    await fight(1);
    await db.execute(sql`update seasons set closed_at = now()`);
    await db.execute(sql`insert into seasons (number, started_at) values (1, now())`);
    await fight(2);
    expect(await admin.voidBattle(ADMIN, battleWon(1).id)).toBe('old');
    expect(await standings()).toHaveLength(4);
  });

  test('gold is given and taken as wallet transactions, never below zero or above the limit', async () => {
    const { admin, db, journeys } = await setUp(database());
    const give = (gold: number, charId = 1) =>
      admin.giveGold(ADMIN, { userId: ANN, charId, gold, reason: 'a fault' });
    expect(await give(50)).toBe('given');
    expect(await give(-20)).toBe('given');
    expect(await give(-31)).toBe('poor');
    expect(await give(99_999)).toBe('full');
    expect(await give(1, 77)).toBe('missing');
    expect((await journeys.read(1))?.journey).toMatchObject({ gold: 30, version: 2 });
    const { gold, reason, ref, id } = walletTransactions;
    const paid = db.select({ gold, reason, ref }).from(walletTransactions).orderBy(id);
    expect(await paid).toEqual([
      { gold: 50, reason: 'operator', ref: '1' },
      { gold: -20, reason: 'operator', ref: '2' },
    ]);
    expect(await db.$count(adminActions)).toBe(2);
  });

  test('a player is found by id, name in Telegram and character, with figures of a period', async () => {
    const { admin, fight, clock } = await setUp(database());
    await fight(1);
    const found = await Promise.all(
      [String(ANN), '@ann_a', 'annabel', '7', '@nobody', 'nobody'].map((one) =>
        admin.findUser(one),
      ),
    );
    expect(found).toEqual([ANN, ANN, ANN, null, null, null]);
    expect(await admin.card(ANN)).toMatchObject({
      characters: [{ charId: 1, name: 'Annabel', level: 1 }],
      battles: [{ battleId: battleWon(1).id, result: 'won', isRated: true }],
    });
    expect(await admin.card(7)).toBeNull();
    const figures = await admin.figuresSince(clock.now() - 1);
    expect(figures).toMatchObject({ players: 2, battles: 1, duels: 1 });
    expect(await admin.figuresSince(clock.now())).toMatchObject({ players: 0, battles: 0 });
  });
});
