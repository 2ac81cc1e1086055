import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { battleSetup, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

let services: Awaited<ReturnType<typeof openCombatServices>>;
beforeEach(async () => {
  services = await openCombatServices(2);
});
afterEach(() => services.close());

const setup = battleSetup();
const battleId = setup.id;

describe('a battle with idle players', () => {
  test('continues once when its time is over, by any process', async () => {
    await services.combat.startBattle(setup);
    services.clock.advance(turnRules.turnMs - 1);
    await services.battles.recordHeartbeat({
      nowMs: services.clock.now(),
      maxGapMs: turnRules.turnMs,
      mergeGapMs: 0,
    });
    await services.combat.tick();
    expect((await services.battles.get(battleId))?.battle.turn).toBe(1);
    services.clock.advance(1);
    await Promise.all(services.services.map((combat) => combat.tick()));
    expect((await services.battles.get(battleId))?.battle.turn).toBe(2);
  });

  test('ends even if the clock of one process is ahead', async () => {
    await services.combat.startBattle(setup);
    const other = services.serveAhead(30_000);
    for (let passedMs = 0; passedMs < 4 * turnRules.turnMs; passedMs += 4_000) {
      services.clock.advance(4_000);
      await other.tick();
      await services.combat.tick();
    }
    expect((await services.battles.get(battleId))?.endedAtMs).not.toBeNull();
  });

  test('has its turn extended by a downtime', async () => {
    await services.combat.startBattle(setup);
    await services.combat.tick();
    services.clock.advance(3_600_000);
    await services.combat.tick();
    const record = await services.battles.get(battleId);
    expect(record?.battle.turn).toBe(1);
    expect(record?.turnEndsAtMs).toBe(services.clock.now() + turnRules.turnMs);
  });

  test('has its turn extended by a short pause of the timers', async () => {
    await services.combat.startBattle(setup);
    services.clock.advance(turnRules.turnMs - 1_000);
    await services.combat.tick();
    services.clock.advance(3_000);
    await services.combat.tick(true);
    const record = await services.battles.get(battleId);
    expect(record?.battle.turn).toBe(1);
    expect(record?.turnEndsAtMs).toBe(services.clock.now() + 1_000);
  });

  test('has its turn extended even if the process that noticed the downtime dies', async () => {
    await services.combat.startBattle(setup);
    await services.combat.tick();
    services.clock.advance(3_600_000);
    await services.battles.recordHeartbeat({
      nowMs: services.clock.now(),
      maxGapMs: 5_000,
      mergeGapMs: turnRules.turnMs,
    });
    services.clock.advance(8_000);
    for (const combat of services.services) await combat.tick();
    const record = await services.battles.get(battleId);
    expect(record?.battle.turn).toBe(1);
    expect(record?.turnEndsAtMs).toBe(services.clock.now() + turnRules.turnMs);
  });
});
