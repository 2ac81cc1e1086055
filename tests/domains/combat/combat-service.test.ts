import { setImmediate as nextTick } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CombatService } from '../../../domains/combat/combat-service.ts';
import { keys } from '../../../redis/keys.ts';
import { battleSetup, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

type Combat = Awaited<ReturnType<typeof openCombatServices>>;

let house: Combat;
beforeEach(async () => {
  house = await openCombatServices(2);
});
afterEach(() => house.close());

const setup = battleSetup();
const battleId = setup.id;

async function makeMove(combat: CombatService, charId: number): Promise<void> {
  const turn = (await house.battles.get(battleId))?.battle.turn ?? 0;
  await combat.tap({ charId, battleId, turn, choice: { strike: 'head' } });
  await combat.tap({ charId, battleId, turn, choice: { guard: 'chest-belly' } });
}

async function fightToTheEnd(): Promise<void> {
  while ((await house.battles.get(battleId))?.endedAtMs === null) {
    await makeMove(house.combat, 1);
    await makeMove(house.combat, 2);
  }
}

/** As a store that takes no writes of this character. */
function brokenFor(
  broken: number,
  accounts: Awaited<ReturnType<typeof openCombatServices>>['accounts'],
): typeof accounts.changeAccount {
  const whole = accounts.changeAccount.bind(accounts);
  return (charId, change) =>
    charId === broken ? Promise.reject(new Error('broken')) : whole(charId, change);
}

describe('a battle begins', () => {
  test('with both characters in COMBAT, under its id', async () => {
    await house.combat.startBattle(setup);
    for (const charId of [1, 2]) {
      expect(await house.accounts.getState(charId)).toBe('COMBAT');
      expect((await house.accounts.getSessions(charId))?.combat_id).toBe(battleId);
    }
  });

  test('once, however many processes are asked to begin it', async () => {
    const records = await Promise.all(
      house.services.map((combat, index) =>
        combat.startBattle({ ...setup, seed: String(index).repeat(32) }),
      ),
    );
    expect(records[0]).toEqual(records[1]);
    expect((await house.battles.get(battleId))?.version).toBe(1);
  });

  test('rested: whatever the last duel left, vitals are full', async () => {
    await house.accounts.updateStatCurrent(1, 'hp', 3);
    await house.combat.startBattle(setup);
    const hp = (await house.accounts.getStats(1))?.hp;
    expect(hp?.cur).toBe(setup.first.sheet.stats.hp.cur);
  });

  test('and is over before its fighters are seated: both are released', async () => {
    const [late, other] = house.services;
    const whole = house.accounts.changeAccount.bind(house.accounts);
    house.accounts.changeAccount = async (charId, change) => {
      house.accounts.changeAccount = whole;
      await other?.surrender(2, battleId);
      return whole(charId, change);
    };
    await late?.startBattle(setup);
    for (const charId of [1, 2]) {
      expect(await house.accounts.getState(charId)).toBe('EXPLORATION');
      expect((await house.accounts.getSessions(charId))?.combat_id).toBeNull();
    }
    expect((await house.battles.get(battleId))?.settled).toBe(true);
  });

  test('also for a character whose session is gone meanwhile', async () => {
    await house.accounts.deleteAccount(2);
    await house.combat.startBattle(setup);
    expect((await house.combat.view(2, battleId))?.side).toBe(1);
    expect(house.log.lines.filter((line) => line.level !== 'info')).toHaveLength(1);
  });
});

describe('a battle goes on', () => {
  test('when both lock in at once in two processes, as one exchange', async () => {
    await house.combat.startBattle(setup);
    await Promise.all(house.services.map((combat, index) => makeMove(combat, index + 1)));
    const record = await house.battles.get(battleId);
    expect(record?.battle.turn).toBe(2);
    expect(record?.inputs).toHaveLength(1);
  });

  test('silently while one side chooses: the other’s screen stays as it is', async () => {
    await house.combat.startBattle(setup);
    await house.combat.tap({ charId: 1, battleId, turn: 1, choice: { strike: 'head' } });
    expect(house.changes.map(({ change }) => change)).toEqual(['started']);
  });

  test('without those who have nothing to do with it', async () => {
    await house.combat.startBattle(setup);
    const tap = { charId: 3, battleId, turn: 1, choice: { strike: 'head' } } as const;
    expect((await house.combat.tap(tap)).kind).toBe('no_battle');
    expect((await house.combat.surrender(3, battleId)).kind).toBe('no_battle');
    expect((await house.battles.get(battleId))?.version).toBe(1);
  });
});

describe('a battle ends', () => {
  test('with vitals written, the session cleared, the state restored and the seat free', async () => {
    await house.combat.startBattle(setup);
    await fightToTheEnd();
    const record = await house.battles.get(battleId);
    expect(record?.settled).toBe(true);
    for (const [side, charId] of [1, 2].entries()) {
      const account = await house.accounts.getFullAccount(charId);
      expect(account?.state).toBe('EXPLORATION');
      expect(account?.sessions.combat_id).toBeNull();
      expect(account?.stats.hp.cur).toBe(record?.battle.fighters[side]?.stats.hp.cur);
    }
    expect(house.freed).toEqual([
      [1, battleId],
      [2, battleId],
    ]);
    expect(house.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
    expect(await house.battles.getDue(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });

  test('and stays readable for a day', async () => {
    await house.combat.startBattle(setup);
    await house.combat.surrender(1, battleId);
    const ttl = await house.client.ttl(keys.battle(battleId));
    expect(ttl).toBeGreaterThan(86_000);
  });

  test('once, when both surrender at once', async () => {
    await house.combat.startBattle(setup);
    const replies = await Promise.all(
      house.services.map((combat, index) => combat.surrender(index + 1, battleId)),
    );
    expect(replies.map((reply) => reply.kind).sort()).toEqual(['accepted', 'stale']);
    expect(house.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
  });

  test('also when the process dies before anything was given back: the next look does it', async () => {
    await house.combat.startBattle(setup);
    const record = await house.battles.get(battleId);
    if (record === null) throw new Error('The battle has begun');
    const ended = { ...record, version: 2, endedAtMs: house.clock.now() };
    await house.battles.swap(ended);
    house.clock.advance(turnRules.turnMs);
    await house.combat.tick();
    expect(await house.accounts.getState(1)).toBe('EXPLORATION');
    expect(house.freed).toHaveLength(2);
    expect(house.changes.at(-1)?.change).toBe('ended');
  });

  test('for one side also when the other’s session is broken', async () => {
    await house.combat.startBattle(setup);
    house.accounts.changeAccount = brokenFor(1, house.accounts);
    const whole = house.accounts.getFullAccount.bind(house.accounts);
    house.accounts.getFullAccount = (id) => (id === 1 ? Promise.resolve(null) : whole(id));
    await house.combat.surrender(1, battleId);
    expect(await house.accounts.getState(2)).toBe('EXPLORATION');
    expect(house.freed).toHaveLength(2);
    expect(house.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
  });

  test('in silence where a session goes while it is being given back', async () => {
    await house.combat.startBattle(setup);
    const { accounts } = house;
    const changeAccount = accounts.changeAccount.bind(accounts);
    accounts.changeAccount = async (charId, change) => {
      if (charId === 1) await accounts.deleteAccount(1);
      return changeAccount(charId, change);
    };
    await house.combat.surrender(1, battleId);
    expect(await accounts.accountExists(1)).toBe(false);
    expect(house.freed).toHaveLength(2);
    expect(house.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('release writes the wounds into a session that was lost and restored in mid-duel', async () => {
    await house.combat.startBattle(setup);
    const lost = await house.accounts.getFullAccount(1);
    if (lost === null) throw new Error('Character 1 has no session');
    await house.accounts.deleteAccount(1);
    house.restoreBy(async (charId) => {
      await house.accounts.createAccount(charId, lost);
    });
    await fightToTheEnd();
    const ended = await house.battles.get(battleId);
    expect(house.restored).toEqual([1]);
    expect((await house.accounts.getStats(1))?.hp.cur).toBe(ended?.battle.fighters[0].stats.hp.cur);
    expect(await house.accounts.getState(1)).toBe('EXPLORATION');
  });

  test('told to both also where that cannot be noted any more, and is settled at the next look', async () => {
    await house.combat.startBattle(setup);
    const swap = house.battles.swap.bind(house.battles);
    house.battles.swap = (record) =>
      record.settled ? Promise.reject(new Error('OOM')) : swap(record);
    await expect(house.combat.surrender(1, battleId)).rejects.toThrow('OOM');
    expect(house.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);

    house.battles.swap = swap;
    await house.combat.tick();
    expect((await house.battles.get(battleId))?.settled).toBe(true);
    expect(house.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
  });

  test('for a side whose session cannot be written just now as soon as it can', async () => {
    await house.combat.startBattle(setup);
    const changeAccount = house.accounts.changeAccount.bind(house.accounts);
    house.accounts.changeAccount = brokenFor(1, house.accounts);
    await house.combat.surrender(1, battleId);
    expect(house.freed).toEqual([[2, battleId]]);
    expect(await house.accounts.getState(1)).toBe('COMBAT');

    house.accounts.changeAccount = changeAccount;
    await house.combat.tick();
    expect(house.freed).toEqual([
      [2, battleId],
      [1, battleId],
    ]);
    expect(await house.accounts.getState(1)).toBe('EXPLORATION');
    expect((await house.battles.get(battleId))?.settled).toBe(true);
    expect(house.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
  });

  test('and is looked after at once, also when a late process asks for its beginning again', async () => {
    await house.combat.startBattle(setup);
    const record = await house.battles.get(battleId);
    if (record === null) throw new Error('The battle has begun');
    // As far as a process came that died after its swap.
    await house.battles.swap({ ...record, version: 2, endedAtMs: house.clock.now() });
    await house.combat.startBattle(setup);
    await house.combat.tick();
    expect(house.freed).toHaveLength(2);
  });

  test('never, when its match was given up before it began', async () => {
    expect(await house.combat.preventCreation(battleId)).toBe(true);
    expect(await house.combat.startBattle(setup)).toBeNull();
    expect(await house.accounts.getState(1)).not.toBe('COMBAT');
    expect(house.changes).toEqual([]);
    expect(house.log.lines.filter((line) => line.level !== 'info')).toEqual([]);
  });

  test('untold to whom it no longer holds', async () => {
    await house.combat.startBattle(setup);
    house.freed.push([2, battleId]);
    await house.combat.surrender(1, battleId);
    expect(house.changes.filter(({ change }) => change === 'ended')).toHaveLength(1);
  });

  test('without taking anything from a character that fights elsewhere by now', async () => {
    await house.combat.startBattle(setup);
    await house.accounts.setCombatSession(1, 'another00001');
    await house.combat.surrender(2, battleId);
    expect((await house.accounts.getSessions(1))?.combat_id).toBe('another00001');
    expect(await house.accounts.getState(1)).toBe('COMBAT');
  });
});

describe('an ended battle', () => {
  test('tells nobody before its result is stored', async () => {
    const endsTold = () => house.changes.filter(({ change }) => change === 'ended').length;
    const store = house.archive.store.bind(house.archive);
    let toldBefore = -1;
    house.archive.store = async (battle) => {
      await nextTick();
      toldBefore = endsTold();
      return store(battle);
    };
    await house.combat.startBattle(setup);
    await fightToTheEnd();
    expect([toldBefore, endsTold()]).toEqual([0, 2]);
  });

  test('is written down once, with its result', async () => {
    await house.combat.startBattle(setup);
    await fightToTheEnd();
    const kept = await house.archive.find(battleId);
    const record = await house.battles.get(battleId);
    expect(kept?.outcome).toEqual(record?.battle.outcome);
    expect(kept?.sides.map((side) => side.charId)).toEqual([1, 2]);
    expect(await house.battles.getDue(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });

  test('frees its fighters also while the archive is away, and is written down once it is back', async () => {
    house.archive.isDown = true;
    await house.combat.startBattle(setup);
    await fightToTheEnd();
    expect(house.freed.map(([charId]) => charId).sort()).toEqual([1, 2]);
    expect(house.archive.battles.size).toBe(0);
    for (let waves = 0; waves < 3; waves += 1) {
      house.clock.advance(10_000);
      await house.combat.tick();
    }
    house.archive.isDown = false;
    house.clock.advance(10_000);
    await house.combat.tick();
    expect(await house.archive.find(battleId)).not.toBeNull();
    expect(await house.battles.getDue(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    const complaints = house.log.lines.filter((line) => line.level === 'error');
    expect(complaints.map((line) => line.message)).toEqual([
      'a battle could not be written down yet',
    ]);
  });
});
