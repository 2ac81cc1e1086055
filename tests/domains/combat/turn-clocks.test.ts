import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBattle } from '../../../domains/combat/battle-session.ts';
import { keys } from '../../../redis/keys.ts';
import { battleSetup, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

let services: Awaited<ReturnType<typeof openCombatServices>>;
beforeEach(async () => {
  services = await openCombatServices(2);
});
afterEach(() => services.close());

/** Battles that are due at the end of the first turn. */
async function begin(prefix: string, count: number): Promise<string[]> {
  const { battles, clock } = services;
  const ids = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  for (const id of ids) {
    const opened = openBattle(battleSetup({ id }), clock.now(), turnRules);
    await battles.create(opened);
    await battles.scheduleCheck(id, opened.turnEndsAtMs);
  }
  return ids;
}

/** Timers have run until the end of the turn. */
async function endTurn(): Promise<void> {
  const { battles, clock } = services;
  clock.advance(turnRules.turnMs);
  await battles.recordHeartbeat({ nowMs: clock.now(), maxGapMs: turnRules.turnMs, mergeGapMs: 0 });
}

const turnOf = async (id: string) => (await services.battles.get(id))?.battle.turn;

test('one tick ends every due turn, however many there are', async () => {
  const ids = await begin('b', 100);
  await endTurn();
  await services.combat.tick();
  expect(new Set(await Promise.all(ids.map(turnOf)))).toEqual(new Set([2]));
  const next = await services.client.zrange(keys.deadlines(), 0, -1, 'WITHSCORES');
  const dueMs = services.clock.now() + turnRules.turnMs;
  expect(new Set(next.filter((_, index) => index % 2 === 1))).toEqual(new Set([String(dueMs)]));
});

test('two processes share the due turns: each is ended once, by one of them', async () => {
  const ids = await begin('b', 100);
  await endTurn();
  const read: string[] = [];
  const get = services.battles.get.bind(services.battles);
  services.battles.get = (id) => {
    read.push(id);
    return get(id);
  };
  await Promise.all(services.services.map((combat) => combat.tick()));
  expect(read.toSorted()).toEqual(ids.toSorted());
  expect(services.changes.filter(({ change }) => change === 'moved')).toHaveLength(100);
});

test('battles of a newer release hold up no other, and are looked at once in a lease', async () => {
  const newer = await begin('a', 70);
  for (const id of newer) {
    const state = JSON.stringify({ ...(await services.battles.get(id)), schema: 99 });
    await services.client.hset(keys.battle(id), { state });
  }
  services.clock.advance(1);
  const [own = ''] = await begin('b', 1);
  await endTurn();
  await services.combat.tick();
  expect(await turnOf(own)).toBe(2);
  expect(await services.client.zcard(keys.deadlines())).toBe(71);
  const again = services.clock.now() + 5_000;
  expect(await services.client.zcount(keys.deadlines(), '-inf', again - 1)).toBe(0);
  expect(await services.client.zcount(keys.deadlines(), '-inf', again)).toBe(70);
});

test('the turns of a process that died while it checked them are ended by another', async () => {
  const [id = ''] = await begin('b', 1);
  await endTurn();
  const nowMs = services.clock.now();
  await services.battles.leaseDue({ nowMs, untilMs: nowMs + 5_000, limit: 32 });
  await services.combat.tick();
  expect(await turnOf(id)).toBe(1);
  services.clock.advance(5_000);
  await services.combat.tick();
  expect(await turnOf(id)).toBe(2);
});

/** Redis hangs so long in the next check of a battle. */
function hangOnce(hangMs: number): void {
  const get = services.battles.get.bind(services.battles);
  services.battles.get = (id) => {
    services.battles.get = get;
    services.clock.advance(hangMs);
    return get(id);
  };
}

test('a turn that is not over when Redis hangs in a check of another battle is extended', async () => {
  const [due = ''] = await begin('a', 1);
  services.clock.advance(3_000);
  const [waiting = ''] = await begin('b', 1);
  services.clock.advance(turnRules.turnMs - 3_000);
  const nowMs = services.clock.now();
  await services.battles.recordHeartbeat({ nowMs, maxGapMs: turnRules.turnMs, mergeGapMs: 0 });
  hangOnce(20_000);
  await services.combat.tick();
  expect(await turnOf(due)).toBe(2);
  await services.combat.tick();
  expect(await turnOf(waiting)).toBe(1);
  const record = await services.battles.get(waiting);
  expect(record?.turnEndsAtMs).toBe(nowMs + 3_000 + 20_000);
});

test('a turn that began while Redis hung in the check of its battle is not ended', async () => {
  const [id = ''] = await begin('a', 1);
  await endTurn();
  const other = services.services[1];
  const get = services.battles.get.bind(services.battles);
  services.battles.get = async (battleId) => {
    services.battles.get = get;
    const stale = await get(battleId);
    services.clock.advance(5_000);
    await other?.tick();
    services.clock.advance(turnRules.turnMs + 20_000);
    return stale;
  };
  await services.combat.tick();
  expect(await turnOf(id)).toBe(2);
});

test('a battle that has just ended is left to the process that ended it', async () => {
  const { combat, accounts, freed } = services;
  const setup = battleSetup();
  await combat.startBattle(setup);
  const changeAccount = accounts.changeAccount.bind(accounts);
  let isFreedByOther = true;
  accounts.changeAccount = async (charId, change) => {
    accounts.changeAccount = changeAccount;
    await services.services[1]?.tick();
    isFreedByOther = freed.some(([one]) => one === charId);
    return changeAccount(charId, change);
  };
  await combat.surrender(1, setup.id);
  expect(isFreedByOther).toBe(false);
  expect(freed).toHaveLength(2);
});

test('a battle that was created in a Redis that had lost everything else ends by itself', async () => {
  const { combat, accounts, battles, clock, client } = services;
  const setup = battleSetup();
  const create = battles.create.bind(battles);
  battles.create = async (record) => {
    await client.flushall();
    return create(record);
  };
  await combat.startBattle(setup);
  expect(await accounts.accountExists(1)).toBe(false);
  for (let turn = 0; turn < 4; turn += 1) {
    await endTurn();
    await combat.tick();
  }
  expect((await battles.get(setup.id))?.endedAtMs).toBeLessThanOrEqual(clock.now());
});
