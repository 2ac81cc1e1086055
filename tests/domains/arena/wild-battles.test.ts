import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Stats } from '../../../domains/account/account-context.ts';
import { DamagedBattleError } from '../../../domains/combat/battle-archive.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { kindOfBattle } from '../../../domains/combat/side-kind.ts';
import { vitalsAfter } from '../../../domains/combat/vitals-after.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { keys } from '../../../redis/keys.ts';
import { openMultiBotArena, takeCensus } from '../../support/multi-bot-arena.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 2, characters: 2 });
});
afterEach(() => crowd.close());

const encounter = { id: 'encounter0001', monster: 'rat' } as const;
const start = (bot = 0) => crowd.services[bot]?.wild.start(1, encounter);
const battle = () => crowd.first.combat.find(encounter.id);
const vitals = async () => (await crowd.first.accounts.getStats(1))?.hp;
const place = async () => (await crowd.first.sessions.getQueueStatus(1)).kind;

async function setHealth(cur: number): Promise<void> {
  await crowd.first.accounts.changeAccount(1, (account) => ({
    ...account,
    stats: { ...account.stats, hp: { ...account.stats.hp, cur } } satisfies Stats,
  }));
}

/** Health and stamina that the character has after the battle. */
function leftBy(record: BattleRecord) {
  const { hp, stamina } = vitalsAfter(record, 0);
  return { hp: { cur: hp.cur }, stamina: { cur: stamina.cur } };
}

async function fightToTheEnd(): Promise<void> {
  const { combat } = crowd.first;
  for (let record = await battle(); record?.endedAtMs === null; record = await battle()) {
    const tap = { charId: 1, battleId: encounter.id, turn: record.battle.turn };
    await combat.tap({ ...tap, choice: { strike: 'head' } });
    await combat.tap({ ...tap, choice: { guard: 'belly-legs' } });
  }
}

describe('start', () => {
  test('seats the character in a battle with the id of the encounter, and present vitals', async () => {
    await setHealth(61);
    expect(await start()).toBe('fights');
    const record = await battle();
    expect(record?.sides.map(({ charId, monster }) => [charId, monster])).toEqual([
      [1, null],
      [null, 'rat'],
    ]);
    expect(record?.battle.fighters[0].stats.hp.cur).toBe(61);
    expect(record?.matching).toBeNull();
    const session = await crowd.first.accounts.getFullAccount(1);
    expect(session).toMatchObject({ state: 'COMBAT', sessions: { combat_id: encounter.id } });
    expect(await crowd.client.zcard(keys.matches())).toBe(0);
  });

  test('shows the battle without a sound', async () => {
    await start();
    expect(crowd.announced).toEqual([{ userId: 10_001, screen: 'battle', mode: 'edit' }]);
  });

  test('repeated leads to the same battle', async () => {
    await start();
    const first = await battle();
    expect(await start(1)).toBe('fights');
    expect(await battle()).toEqual(first);
    expect(crowd.announced).toHaveLength(1);
  });

  test('by two processes at once makes one battle', async () => {
    expect(await Promise.all([start(0), start(1)])).toEqual(['fights', 'fights']);
    expect((await battle())?.version).toBe(1);
    const census = await takeCensus(crowd.client, crowd.ids);
    expect([...census.fighting]).toEqual([[1, [encounter.id]]]);
    expect([...census.seated]).toEqual([[1, encounter.id]]);
    expect(census.pendingMatches).toBe(0);
  });

  test.each(['waits', 'fights'] as const)('of a character that %s replies busy', async (does) => {
    await crowd.first.sessions.joinQueue(1, '1v1');
    if (does === 'fights') await crowd.first.arena.joinQueue(2, '1v1');
    expect(await start()).toBe('busy');
    expect(await battle()).toBeNull();
  });

  test('of a character without a session replies not_ready', async () => {
    await crowd.first.accounts.deleteAccount(1);
    expect(await start()).toBe('not_ready');
    expect(await place()).toBe('nowhere');
  });

  test('while an operator drains the arena replies draining', async () => {
    await crowd.first.drain.set(true);
    expect(await start()).toBe('draining');
    expect(await place()).toBe('nowhere');
  });
});

describe('start, of a battle that Redis does not know', () => {
  test('while the archive is away raises OutageError and takes no seat', async () => {
    vi.spyOn(crowd.repositories.battles, 'find').mockRejectedValue(new OutageError('away'));
    await expect(start()).rejects.toThrow(OutageError);
    expect(await place()).toBe('nowhere');
  });

  test('and whose archived data is damaged replies ended', async () => {
    const damaged = new DamagedBattleError(encounter.id, 'by the test');
    vi.spyOn(crowd.repositories.battles, 'find').mockRejectedValue(damaged);
    expect(await start()).toBe('ended');
    expect(await place()).toBe('nowhere');
  });
});

describe('a wild battle that ended', () => {
  test('leaves what is left, frees the character and is in the archive', async () => {
    await setHealth(80);
    await start();
    await fightToTheEnd();
    const record = await battle();
    const { hp, stamina } = (await crowd.first.accounts.getStats(1)) ?? {};
    expect({ hp, stamina }).toMatchObject(record === null ? {} : leftBy(record));
    expect(stamina?.cur).toBeLessThan(stamina?.max ?? 0);
    expect(await place()).toBe('nowhere');
    expect(await crowd.first.accounts.getState(1)).toBe('EXPLORATION');
    const archived = await crowd.repositories.battles.find(encounter.id);
    expect(archived && kindOfBattle(archived)).toBe('wild');
    expect(crowd.announced.at(-1)).toEqual({ userId: 10_001, screen: 'result', mode: 'edit' });
  });

  test('by surrender leaves a quarter of the health', async () => {
    await start();
    await crowd.first.combat.surrender(1, encounter.id);
    const hp = await vitals();
    expect(hp?.cur).toBe(Math.round((hp?.max ?? 0) / 4));
  });

  test('by idleness leaves a quarter of the health', async () => {
    // Three careful moves beat the weakest ones.
    await crowd.first.wild.start(1, { id: encounter.id, monster: 'titan_guard' });
    for (let passed = 0; passed < 200_000; passed += 4_000) {
      await crowd.first.combat.tick();
      crowd.clock.advance(4_000);
    }
    expect((await battle())?.battle.outcome).toEqual({ winner: 1, reason: 'idle' });
    const hp = await vitals();
    expect(hp?.cur).toBe(Math.round((hp?.max ?? 0) / 4));
  });

  test('is not started again while it is known, nor from the archive alone', async () => {
    await start();
    await crowd.first.combat.surrender(1, encounter.id);
    expect(await start(1)).toBe('ended');
    await crowd.client.flushall();
    expect(await start(1)).toBe('ended');
    expect(await place()).toBe('nowhere');
  });

  test('is not started again by a process that has looked for it before its beginning', async () => {
    const [one, other] = crowd.services;
    const { sessions } = other ?? crowd.first;
    const startWild = sessions.startWild.bind(sessions);
    sessions.startWild = async (...args) => {
      await one?.wild.start(1, encounter);
      await one?.combat.surrender(1, encounter.id);
      return startWild(...args);
    };
    expect(await start(1)).toBe('ended');
    expect(await place()).toBe('nowhere');
    expect(await crowd.client.zcard(keys.matches())).toBe(0);
    expect(await crowd.first.accounts.getState(1)).toBe('EXPLORATION');
  });

  test('does not raise the level of the Shadow', async () => {
    for (const id of ['wild1', 'wild2', 'wild3', 'wild4', 'wild5']) {
      await crowd.first.wild.start(1, { id, monster: 'wolf' });
      await crowd.first.combat.surrender(1, id);
    }
    expect(await crowd.repositories.battles.countOf(1, 5)).toBe(0);
  });
});

describe('a wild match whose process dies before the battle', () => {
  test('becomes a battle against its monster, with the vitals of that moment', async () => {
    await crowd.first.sessions.startWild(1, '1v1', encounter);
    await setHealth(70);
    crowd.clock.advance(4_000);
    await crowd.services[1]?.arena.wave();
    const record = await battle();
    expect(record?.sides[1].monster).toBe('rat');
    expect(record?.battle.fighters[0].stats.hp.cur).toBe(70);
    expect(await crowd.client.zcard(keys.matches())).toBe(0);
  });

  test('is continued by a repeated start', async () => {
    await crowd.first.sessions.startWild(1, '1v1', encounter);
    expect(await start(1)).toBe('fights');
    expect((await battle())?.sides[1].monster).toBe('rat');
    expect(await crowd.client.zcard(keys.matches())).toBe(0);
  });

  test('frees a character without a session, and does not put it into the queue', async () => {
    await crowd.first.sessions.startWild(1, '1v1', encounter);
    await crowd.first.accounts.deleteAccount(1);
    crowd.clock.advance(4_000);
    await crowd.first.arena.wave();
    expect(await place()).toBe('nowhere');
  });
});

test('an arena battle gives back the vitals that the character brought from the wild', async () => {
  await setHealth(33);
  const joined = await crowd.first.arena.train(1, '1v1', 'novice');
  expect(joined.kind).toBe('shown');
  const seat = await crowd.first.sessions.getQueueStatus(1);
  const battleId = seat.kind === 'seated' ? seat.battleId : '';
  const record = await crowd.first.combat.find(battleId);
  expect(record?.battle.fighters[0].stats.hp).toEqual(record?.sheets[0].stats.hp);
  await crowd.first.combat.surrender(1, battleId);
  expect((await vitals())?.cur).toBe(33);
});
