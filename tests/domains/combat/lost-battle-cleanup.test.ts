import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NewerRecordError } from '../../../domains/core/newer-record-error.ts';
import { keys } from '../../../redis/keys.ts';
import { battleSetup, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

let house: Awaited<ReturnType<typeof openCombatServices>>;
beforeEach(async () => {
  house = await openCombatServices(2);
});
afterEach(() => house.close());

const setup = battleSetup();
const battleId = setup.id;

describe('an unreadable battle', () => {
  test('is logged once, loses its timer and releases both fighters', async () => {
    const state = '{"half":';
    await house.combat.startBattle(setup);
    await house.client.hset(keys.battle(battleId), 'state', state);
    house.clock.advance(turnRules.turnMs);
    await house.combat.tick();
    expect(await house.combat.view(1, battleId)).toBeNull();
    expect(await house.battles.getDue(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    expect(house.freed.map(([charId]) => charId)).toEqual([1, 2]);
    expect(house.lost).toEqual([1_001, 1_002]);
    for (const charId of [1, 2]) {
      expect(await house.accounts.getState(charId)).toBe('EXPLORATION');
      expect((await house.accounts.getSessions(charId))?.combat_id).toBeNull();
    }
    const key = keys.battle(battleId);
    expect(house.log.lines.filter(({ facts }) => facts['key'] === key)).toHaveLength(1);
    // The unreadable record is kept unchanged.
    expect(await house.client.hget(key, 'state')).toBe(state);
  });

  test('of a newer release is left unchanged and logged once', async () => {
    await house.combat.startBattle(setup);
    const state = '{"schema":2}';
    await house.client.hset(keys.battle(battleId), 'state', state);
    house.clock.advance(turnRules.turnMs);
    await house.combat.tick();
    await expect(house.combat.view(1, battleId)).rejects.toThrow(NewerRecordError);
    expect(await house.battles.getDue(Number.MAX_SAFE_INTEGER, 10)).toEqual([battleId]);
    expect(house.freed).toEqual([]);
    expect(await house.client.hget(keys.battle(battleId), 'state')).toBe(state);
    expect(house.log.lines.filter(({ level }) => level !== 'info')).toMatchObject([
      { level: 'warn', facts: { key: keys.battle(battleId), version: 2 } },
    ]);
  });

  test('does not touch a character that fights elsewhere by now', async () => {
    await house.combat.startBattle(setup);
    await house.client.del(keys.battle(battleId));
    await house.accounts.setCombatSession(1, 'another00001');
    house.clock.advance(turnRules.turnMs);
    await house.combat.tick();
    expect((await house.accounts.getSessions(1))?.combat_id).toBe('another00001');
    expect(await house.accounts.getState(1)).toBe('COMBAT');
    expect(await house.accounts.getState(2)).toBe('EXPLORATION');
  });
});
