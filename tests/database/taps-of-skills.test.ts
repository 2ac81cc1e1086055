import { beforeEach, expect, test } from 'vitest';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { grants, items, walletTransactions } from '../../database/schema-journeys.ts';
import { characters, users } from '../../database/schema.ts';
import type { ActionShape } from '../../domains/core/ui-payload.ts';
import type { Earnings, Grant } from '../../domains/inventory/journey.ts';
import { lineOf } from '../support/account-taps.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { repetitions } from '../support/repetitions.ts';
import { NOON_MS, give, keyOf, skillsFeatures } from '../support/skills-features.ts';

const TAPS = repetitions({ short: 20, full: 200 });
const CHAR = 1;

/** Three duels and three fights against the Shadow, all won: every task of any day is done. */
function everyTask(): Partial<Grant>[] {
  const uses = { onslaught: 20, breath: 20, crushing_blow: 20, war_cry: 20 };
  return [false, true].flatMap((isShadow) =>
    [1, 2, 3].map((n) => ({
      id: `battle:${isShadow ? 'shadow' : 'duel'}${n}:0`,
      uses,
      battle: { result: 'won' as const, isShadow },
    })),
  );
}

describeOnEachDatabase('equal taps at once', (database) => {
  let store: SqlJourneys;
  let open: ReturnType<typeof skillsFeatures>;
  beforeEach(async () => {
    const { db, others } = database();
    const clock = new FixedClock(NOON_MS);
    store = new SqlJourneys({ db, clock });
    const stores = [store, ...others.map((other) => new SqlJourneys({ db: other, clock }))];
    open = skillsFeatures(stores, CHAR);
    await db.insert(users).values([{ id: 7 }]);
    const row = { user_id: 7, slot: 1, location_id: 'inn', archetype: 'warrior' as const };
    await db.insert(characters).values([{ id: CHAR, ...row }]);
    await open.begin();
  });

  const earned = async (): Promise<Earnings> => {
    const earnings = await store.read(CHAR);
    if (earnings === null) throw new Error('no character');
    return earnings;
  };

  /** How many taps answer what. */
  async function tapOften(action: ActionShape): Promise<Record<string, number>> {
    const replies = await Promise.all(Array.from({ length: TAPS }, () => open.act(action)));
    const lines: Record<string, number> = {};
    for (const line of replies.map(lineOf)) lines[line] = (lines[line] ?? 0) + 1;
    return lines;
  }

  test('spend one point, which the live session has as well', async () => {
    await give(store, CHAR, { xp: 90 });
    const key = keyOf(await open.act({ action: 'points' }), 'points.spend');
    expect(await tapOften(key)).toEqual({ points: 1, 'points !skills.notice.stale': TAPS - 1 });
    const { attributes, journey, gear } = await earned();
    expect(attributes.strength).toBe(12);
    expect(journey).toMatchObject({ version: 2, points: 1 });
    const session = await open.accounts.getFullAccount(CHAR);
    expect(session).toMatchObject({ attributes, gear });
    expect(gear.version).toBe(2);
  });

  test('spend the last point once', async () => {
    await give(store, CHAR, { xp: 30 });
    const ask = keyOf(await open.act({ action: 'points' }), 'points.last');
    const key = keyOf(await open.act(ask), 'points.spend');
    expect(await tapOften(key)).toEqual({ points: 1, 'points !skills.notice.stale': TAPS - 1 });
    expect(await earned()).toMatchObject({ attributes: { strength: 12 }, journey: { points: 0 } });
  });

  test('learn one technique, which is paid once', async () => {
    await give(store, CHAR, { xp: 90, gold: 200, uses: { onslaught: 20 } });
    const key = keyOf(await open.act({ action: 'techniques.learning' }), 'techniques.learn', 2);
    const stale = 'techniques !skills.notice.stale';
    expect(await tapOften(key)).toEqual({ techniques: 1, [stale]: TAPS - 1 });
    const { skills, loadout, journey } = await earned();
    expect(skills).toMatchObject({ feint: 1, onslaught: 1 });
    expect(loadout).toEqual(['crushing_blow', 'onslaught', 'war_cry', 'breath']);
    expect(journey.gold).toBe(140);
    const paid = await database().db.select().from(walletTransactions);
    expect(paid.map(({ reason, ref, gold }) => [reason, ref, gold])).toEqual([
      ['grant', 'start:1', 200],
      ['learn', 'feint', -60],
    ]);
    expect(await open.accounts.getFullAccount(CHAR)).toMatchObject({ skills, loadout });
  });

  test('choose a loadout once', async () => {
    await give(store, CHAR, { xp: 90, gold: 60, uses: { onslaught: 20 } });
    await open.act(keyOf(await open.act({ action: 'techniques.learning' }), 'techniques.learn', 2));
    const draft = keyOf(await open.act({ action: 'techniques' }), 'techniques.draft', 2);
    const key = keyOf(await open.act(draft), 'techniques.save', 1);
    const stale = 'techniques !skills.notice.stale';
    expect(await tapOften(key)).toEqual({ techniques: 1, [stale]: TAPS - 1 });
    expect((await earned()).loadout).toEqual(['crushing_blow', 'onslaught', 'feint', 'breath']);
  });

  test('claim each task once, and the item of the day once', async () => {
    for (const grant of everyTask()) await give(store, CHAR, grant);
    const before = await database().db.$count(grants);
    for (const left of [2, 1, 0]) {
      const screen = await open.act({ action: 'board' });
      const key = keyOf(screen, 'board.claim');
      const lines = await tapOften(key);
      expect(lines).toEqual({ board: 1, 'board !skills.notice.stale': TAPS - 1 });
      const { payload } = await open.act({ action: 'board' });
      expect(payload.buttons.flat().filter((one) => one.action === 'board.claim')).toHaveLength(
        left,
      );
    }
    const { journey, items: own } = await earned();
    expect(journey).toMatchObject({ xp: 36, gold: 30 });
    expect(own).toMatchObject([{ rarity: 'fine', place: 'bag' }]);
    expect(await database().db.$count(grants)).toBe(before + 3);
    expect(await database().db.$count(items)).toBe(1);
  });
});
