import { setImmediate as nextTick } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FINISH_MS } from '../../../domains/combat/battle-changes.ts';
import type { CombatService } from '../../../domains/combat/combat-service.ts';
import { keys } from '../../../redis/keys.ts';
import { battleSetup, freshSide, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

type Combat = Awaited<ReturnType<typeof openCombatServices>>;

let services: Combat;
beforeEach(async () => {
  services = await openCombatServices(2);
});
afterEach(() => services.close());

const wounded = (charId: number) => {
  const side = freshSide(charId);
  return { ...side, stats: { ...side.stats, hp: { ...side.stats.hp, cur: 30 + charId } } };
};
const setup = battleSetup({ first: wounded(1), second: wounded(2) });
const battleId = setup.id;

async function makeMove(combat: CombatService, charId: number): Promise<void> {
  const turn = (await services.battles.get(battleId))?.battle.turn ?? 0;
  await combat.tap({ charId, battleId, turn, choice: { strike: 'head' } });
  await combat.tap({ charId, battleId, turn, choice: { guard: 'chest-belly' } });
}

async function fightToTheEnd(): Promise<void> {
  while ((await services.battles.get(battleId))?.endedAtMs === null) {
    await makeMove(services.combat, 1);
    await makeMove(services.combat, 2);
  }
}

/** A store that refuses writes of this character. */
function brokenFor(
  broken: number,
  accounts: Awaited<ReturnType<typeof openCombatServices>>['accounts'],
): typeof accounts.changeAccount {
  const whole = accounts.changeAccount.bind(accounts);
  return (charId, change) =>
    charId === broken ? Promise.reject(new Error('broken')) : whole(charId, change);
}

describe('startBattle', () => {
  test('puts both characters into COMBAT with the id of the battle', async () => {
    await services.combat.startBattle(setup);
    for (const charId of [1, 2]) {
      expect(await services.accounts.getState(charId)).toBe('COMBAT');
      expect((await services.accounts.getSessions(charId))?.combat_id).toBe(battleId);
    }
  });

  test('creates one battle when several processes start it', async () => {
    const records = await Promise.all(
      services.services.map((combat, index) =>
        combat.startBattle({ ...setup, seed: String(index).repeat(32) }),
      ),
    );
    expect(records[0]).toEqual(records[1]);
    expect((await services.battles.get(battleId))?.version).toBe(1);
  });

  test('fights with full vitals and leaves those of the sessions as they are', async () => {
    await services.accounts.updateStatCurrent(1, 'hp', 3);
    const record = await services.combat.startBattle(setup);
    expect(record?.battle.fighters[0].stats).toEqual(setup.first.sheet.stats);
    expect((await services.accounts.getStats(1))?.hp.cur).toBe(3);
  });

  test('releases fighters who are seated after another process ended the battle', async () => {
    const [late, other] = services.services;
    const whole = services.accounts.changeAccount.bind(services.accounts);
    services.accounts.changeAccount = async (charId, change) => {
      services.accounts.changeAccount = whole;
      await other?.surrender(2, battleId);
      return whole(charId, change);
    };
    await late?.startBattle(setup);
    for (const charId of [1, 2]) {
      expect(await services.accounts.getState(charId)).toBe('EXPLORATION');
      expect((await services.accounts.getSessions(charId))?.combat_id).toBeNull();
    }
    expect((await services.battles.get(battleId))?.settled).toBe(true);
  });

  test('starts without the session of a character that has none', async () => {
    await services.accounts.deleteAccount(2);
    await services.combat.startBattle(setup);
    expect((await services.combat.find(battleId))?.sides[1].charId).toBe(2);
    expect(services.log.lines.filter((line) => line.level !== 'info')).toHaveLength(1);
  });
});

describe('a running battle', () => {
  test('resolves one exchange when both sides lock in at once in two processes', async () => {
    await services.combat.startBattle(setup);
    await Promise.all(services.services.map((combat, index) => makeMove(combat, index + 1)));
    const record = await services.battles.get(battleId);
    expect(record?.battle.turn).toBe(2);
    expect(record?.inputs).toHaveLength(1);
  });

  test('reports a choice, but no new turn, while one side chooses', async () => {
    await services.combat.startBattle(setup);
    await services.combat.tap({ charId: 1, battleId, turn: 1, choice: { strike: 'head' } });
    expect(services.changes.map(({ change }) => change)).toEqual(['started', 'chosen']);
  });

  test('answers no_battle to a character that does not fight in it', async () => {
    await services.combat.startBattle(setup);
    const tap = { charId: 3, battleId, turn: 1, choice: { strike: 'head' } } as const;
    expect((await services.combat.tap(tap)).kind).toBe('no_battle');
    expect((await services.combat.surrender(3, battleId)).kind).toBe('no_battle');
    expect((await services.battles.get(battleId))?.version).toBe(1);
  });
});

describe('a battle that ends', () => {
  test('gives back the vitals, clears the session, restores the state and frees the seat of both sides', async () => {
    await services.combat.startBattle(setup);
    await fightToTheEnd();
    const record = await services.battles.get(battleId);
    expect(record?.settled).toBe(true);
    for (const charId of [1, 2]) {
      const account = await services.accounts.getFullAccount(charId);
      expect(account?.state).toBe('EXPLORATION');
      expect(account?.sessions.combat_id).toBeNull();
      expect(account?.stats.hp.cur).toBe(30 + charId);
    }
    expect(services.freed).toEqual([
      [1, battleId],
      [2, battleId],
    ]);
    expect(services.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
    expect(await services.client.zrange(keys.deadlines(), 0, -1)).toEqual([]);
  });

  test('stays readable for a day', async () => {
    await services.combat.startBattle(setup);
    await services.combat.surrender(1, battleId);
    const ttl = await services.client.ttl(keys.battle(battleId));
    expect(ttl).toBeGreaterThan(86_000);
  });

  test('ends once when both surrender at once', async () => {
    await services.combat.startBattle(setup);
    const replies = await Promise.all(
      services.services.map((combat, index) => combat.surrender(index + 1, battleId)),
    );
    expect(replies.map((reply) => reply.kind).sort()).toEqual(['accepted', 'stale']);
    expect(services.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
  });

  test('is settled by the next check if its process died before releasing anybody', async () => {
    await services.combat.startBattle(setup);
    const record = await services.battles.get(battleId);
    if (record === null) throw new Error('The battle has begun');
    const ended = { ...record, version: 2, endedAtMs: services.clock.now() };
    await services.battles.swap(ended);
    services.clock.advance(turnRules.turnMs);
    await services.combat.tick();
    expect(await services.accounts.getState(1)).toBe('EXPLORATION');
    expect(services.freed).toHaveLength(2);
    expect(services.changes.at(-1)?.change).toBe('ended');
  });

  test('releases one side when the session of the other is broken', async () => {
    await services.combat.startBattle(setup);
    services.accounts.changeAccount = brokenFor(1, services.accounts);
    const whole = services.accounts.getFullAccount.bind(services.accounts);
    services.accounts.getFullAccount = (id) => (id === 1 ? Promise.resolve(null) : whole(id));
    await services.combat.surrender(1, battleId);
    expect(await services.accounts.getState(2)).toBe('EXPLORATION');
    expect(services.freed).toHaveLength(2);
    expect(services.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
  });

  test('logs nothing when a session is closed during its release', async () => {
    await services.combat.startBattle(setup);
    const { accounts } = services;
    const changeAccount = accounts.changeAccount.bind(accounts);
    accounts.changeAccount = async (charId, change) => {
      if (charId === 1) await accounts.deleteAccount(1);
      return changeAccount(charId, change);
    };
    await services.combat.surrender(1, battleId);
    expect(await accounts.accountExists(1)).toBe(false);
    expect(services.freed).toHaveLength(2);
    expect(services.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('gives back the vitals to a session that was lost and restored during the battle', async () => {
    await services.combat.startBattle(setup);
    const lost = await services.accounts.getFullAccount(1);
    if (lost === null) throw new Error('Character 1 has no session');
    await services.accounts.deleteAccount(1);
    services.restoreBy(async (charId) => {
      await services.accounts.createAccount(charId, lost);
    });
    await fightToTheEnd();
    expect(services.restored).toEqual([1]);
    expect((await services.accounts.getStats(1))?.hp.cur).toBe(31);
    expect(await services.accounts.getState(1)).toBe('EXPLORATION');
  });

  test('notifies both sides once when settling fails, and is settled by the next check', async () => {
    await services.combat.startBattle(setup);
    const swap = services.battles.swap.bind(services.battles);
    services.battles.swap = (record) =>
      record.settled ? Promise.reject(new Error('OOM')) : swap(record);
    await expect(services.combat.surrender(1, battleId)).rejects.toThrow('OOM');
    expect(services.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);

    services.battles.swap = swap;
    services.clock.advance(FINISH_MS);
    await services.combat.tick();
    expect((await services.battles.get(battleId))?.settled).toBe(true);
    expect(services.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
  });

  test('releases a side whose session could not be written at a later check', async () => {
    await services.combat.startBattle(setup);
    const changeAccount = services.accounts.changeAccount.bind(services.accounts);
    services.accounts.changeAccount = brokenFor(1, services.accounts);
    await services.combat.surrender(1, battleId);
    expect(services.freed).toEqual([[2, battleId]]);
    expect(await services.accounts.getState(1)).toBe('COMBAT');

    services.accounts.changeAccount = changeAccount;
    services.clock.advance(FINISH_MS);
    await services.combat.tick();
    expect(services.freed).toEqual([
      [2, battleId],
      [1, battleId],
    ]);
    expect(await services.accounts.getState(1)).toBe('EXPLORATION');
    expect((await services.battles.get(battleId))?.settled).toBe(true);
    expect(services.changes.filter(({ change }) => change === 'ended')).toHaveLength(2);
  });

  test('is checked at once even if a late process starts it again', async () => {
    await services.combat.startBattle(setup);
    const record = await services.battles.get(battleId);
    if (record === null) throw new Error('The battle has begun');
    // A process died right after this swap.
    await services.battles.swap({ ...record, version: 2, endedAtMs: services.clock.now() });
    await services.combat.startBattle(setup);
    await services.combat.tick();
    expect(services.freed).toHaveLength(2);
  });

  test('is never created after preventCreation', async () => {
    expect(await services.combat.preventCreation(battleId)).toBe(true);
    expect(await services.combat.startBattle(setup)).toBeNull();
    expect(await services.accounts.getState(1)).not.toBe('COMBAT');
    expect(services.changes).toEqual([]);
    expect(services.log.lines.filter((line) => line.level !== 'info')).toEqual([]);
  });

  test('does not notify a side whose seat is free already', async () => {
    await services.combat.startBattle(setup);
    services.freed.push([2, battleId]);
    await services.combat.surrender(1, battleId);
    expect(services.changes.filter(({ change }) => change === 'ended')).toHaveLength(1);
  });

  test('does not touch a character that fights elsewhere by now', async () => {
    await services.combat.startBattle(setup);
    await services.accounts.setCombatSession(1, 'another00001');
    await services.combat.surrender(2, battleId);
    expect((await services.accounts.getSessions(1))?.combat_id).toBe('another00001');
    expect(await services.accounts.getState(1)).toBe('COMBAT');
  });
});

describe('an ended battle', () => {
  test('is announced to nobody before its result is stored', async () => {
    const endsAnnounced = () => services.changes.filter(({ change }) => change === 'ended').length;
    const store = services.archive.store.bind(services.archive);
    let announcedBefore = -1;
    services.archive.store = async (battle) => {
      await nextTick();
      announcedBefore = endsAnnounced();
      return store(battle);
    };
    await services.combat.startBattle(setup);
    await fightToTheEnd();
    expect([announcedBefore, endsAnnounced()]).toEqual([0, 2]);
  });

  test('is archived with its outcome and needs no further check', async () => {
    await services.combat.startBattle(setup);
    await fightToTheEnd();
    const saved = await services.archive.find(battleId);
    const record = await services.battles.get(battleId);
    expect(saved?.outcome).toEqual(record?.battle.outcome);
    expect(saved?.sides.map((side) => side.charId)).toEqual([1, 2]);
    expect(await services.client.zrange(keys.deadlines(), 0, -1)).toEqual([]);
  });

  test('releases its fighters while the archive is unavailable, and is archived afterwards', async () => {
    services.archive.isDown = true;
    await services.combat.startBattle(setup);
    await fightToTheEnd();
    expect(services.freed.map(([charId]) => charId).sort()).toEqual([1, 2]);
    expect(services.archive.battles.size).toBe(0);
    for (let waves = 0; waves < 3; waves += 1) {
      services.clock.advance(10_000);
      await services.combat.tick();
    }
    services.archive.isDown = false;
    services.clock.advance(10_000);
    await services.combat.tick();
    expect(await services.archive.find(battleId)).not.toBeNull();
    expect(await services.client.zrange(keys.deadlines(), 0, -1)).toEqual([]);
    const errors = services.log.lines.filter((line) => line.level === 'error');
    expect(errors.map((line) => line.message)).toEqual(['battle archive unavailable']);
  });
});
