import { afterEach, beforeEach, expect, test } from 'vitest';
import { keys } from '../../../redis/keys.ts';
import { battleSetup, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

type Combat = Awaited<ReturnType<typeof openCombatServices>>;

let house: Combat;
beforeEach(async () => {
  house = await openCombatServices();
});
afterEach(() => house.close());

const setup = battleSetup();
const battleId = setup.id;

test.each(['session', 'battle'] as const)(
  'a store without memory is logged once over many checks: writing the %s',
  async (what) => {
    await house.combat.startBattle(setup);
    const full = () => Promise.reject(new Error('OOM command not allowed'));
    if (what === 'session') house.accounts.changeAccount = full;
    else house.battles.swap = full;
    await house.combat.surrender(1, battleId).catch(() => null);
    for (let checks = 0; checks < 3; checks += 1) {
      house.clock.advance(turnRules.turnMs);
      await house.combat.tick();
    }
    const lines = house.log.lines.filter(({ facts }) => facts['err'] !== undefined);
    expect(lines).toHaveLength(what === 'session' ? 2 : 1);
  },
);

test('a fighter whose session a newer release wrote is logged once, and released in the end', async () => {
  await house.combat.startBattle(setup);
  await house.documents.set(keys.account(1), '$.schema', 2);
  await house.combat.surrender(2, battleId);
  for (let checks = 0; checks < 3; checks += 1) await house.combat.tick();
  expect(house.freed).toEqual([[2, battleId]]);
  expect(house.log.lines.filter(({ level }) => level !== 'info')).toMatchObject([
    { level: 'warn', facts: { key: keys.account(1), version: 2 } },
  ]);
  await house.documents.set(keys.account(1), '$.schema', 1);
  await house.combat.tick();
  expect(house.freed.map(([charId]) => charId)).toEqual([2, 1]);
});
