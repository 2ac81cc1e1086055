import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { battleSetup, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

let house: Awaited<ReturnType<typeof openCombatServices>>;
beforeEach(async () => {
  house = await openCombatServices(2);
});
afterEach(() => house.close());

const setup = battleSetup();
const battleId = setup.id;

describe('a battle with idle players', () => {
  test('continues once when its time is over, by any process', async () => {
    await house.combat.startBattle(setup);
    house.clock.advance(turnRules.turnMs - 1);
    await house.battles.recordHeartbeat({
      nowMs: house.clock.now(),
      maxGapMs: null,
      mergeGapMs: 0,
    });
    await house.combat.tick();
    expect((await house.battles.get(battleId))?.battle.turn).toBe(1);
    house.clock.advance(1);
    await Promise.all(house.services.map((combat) => combat.tick()));
    expect((await house.battles.get(battleId))?.battle.turn).toBe(2);
  });

  test('ends even if the clock of one process is ahead', async () => {
    await house.combat.startBattle(setup);
    const other = house.serveAhead(30_000);
    for (let passedMs = 0; passedMs < 4 * turnRules.turnMs; passedMs += 4_000) {
      house.clock.advance(4_000);
      await other.tick();
      await house.combat.tick();
    }
    expect((await house.battles.get(battleId))?.endedAtMs).not.toBeNull();
  });

  test('has its turn extended by a downtime', async () => {
    await house.combat.startBattle(setup);
    await house.combat.tick();
    house.clock.advance(3_600_000);
    await house.combat.tick();
    const record = await house.battles.get(battleId);
    expect(record?.battle.turn).toBe(1);
    expect(record?.turnEndsAtMs).toBe(house.clock.now() + turnRules.turnMs);
  });

  test('has its turn extended even if the process that noticed the downtime dies', async () => {
    await house.combat.startBattle(setup);
    await house.combat.tick();
    house.clock.advance(3_600_000);
    await house.battles.recordHeartbeat({
      nowMs: house.clock.now(),
      maxGapMs: 5_000,
      mergeGapMs: turnRules.turnMs,
    });
    house.clock.advance(8_000);
    for (const combat of house.services) await combat.tick();
    const record = await house.battles.get(battleId);
    expect(record?.battle.turn).toBe(1);
    expect(record?.turnEndsAtMs).toBe(house.clock.now() + turnRules.turnMs);
  });
});
