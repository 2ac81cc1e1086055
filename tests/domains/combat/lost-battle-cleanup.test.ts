import { battleFormat } from '../../../domains/combat/battle-record.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NewerRecordError } from '../../../domains/core/newer-record-error.ts';
import { keys } from '../../../redis/keys.ts';
import { battleSetup, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

let services: Awaited<ReturnType<typeof openCombatServices>>;
beforeEach(async () => {
  services = await openCombatServices(2);
});
afterEach(() => services.close());

const setup = battleSetup();
const battleId = setup.id;

describe('an unreadable battle', () => {
  test('is logged once, loses its timer and releases both fighters', async () => {
    const state = '{"half":';
    await services.combat.startBattle(setup);
    await services.client.hset(keys.battle(battleId), 'state', state);
    services.clock.advance(turnRules.turnMs);
    await services.combat.tick();
    expect(await services.combat.find(battleId)).toBeNull();
    expect(await services.client.zrange(keys.deadlines(), 0, -1)).toEqual([]);
    expect(services.freed.map(([charId]) => charId)).toEqual([1, 2]);
    expect(services.lost).toEqual([1_001, 1_002]);
    for (const charId of [1, 2]) {
      expect(await services.accounts.getState(charId)).toBe('EXPLORATION');
      expect((await services.accounts.getSessions(charId))?.combat_id).toBeNull();
    }
    const key = keys.battle(battleId);
    expect(services.log.lines.filter(({ facts }) => facts['key'] === key)).toHaveLength(1);
    // The unreadable record is kept unchanged.
    expect(await services.client.hget(key, 'state')).toBe(state);
  });

  test('of a newer release is left unchanged and logged once', async () => {
    await services.combat.startBattle(setup);
    const state = JSON.stringify({ schema: battleFormat.version + 1 });
    await services.client.hset(keys.battle(battleId), 'state', state);
    services.clock.advance(turnRules.turnMs);
    await services.combat.tick();
    await expect(services.combat.find(battleId)).rejects.toThrow(NewerRecordError);
    expect(await services.client.zrange(keys.deadlines(), 0, -1)).toEqual([battleId]);
    expect(services.freed).toEqual([]);
    expect(await services.client.hget(keys.battle(battleId), 'state')).toBe(state);
    expect(services.log.lines.filter(({ level }) => level !== 'info')).toMatchObject([
      { level: 'warn', facts: { key: keys.battle(battleId), version: battleFormat.version + 1 } },
    ]);
  });

  test('does not touch a character that fights elsewhere by now', async () => {
    await services.combat.startBattle(setup);
    await services.client.del(keys.battle(battleId));
    await services.accounts.setCombatSession(1, 'another00001');
    services.clock.advance(turnRules.turnMs);
    await services.combat.tick();
    expect((await services.accounts.getSessions(1))?.combat_id).toBe('another00001');
    expect(await services.accounts.getState(1)).toBe('COMBAT');
    expect(await services.accounts.getState(2)).toBe('EXPLORATION');
  });
});
