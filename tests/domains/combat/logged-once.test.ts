import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountFormat } from '../../../domains/account/account-context.ts';
import { keys } from '../../../redis/keys.ts';
import { battleSetup, turnRules } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

type Combat = Awaited<ReturnType<typeof openCombatServices>>;

let services: Combat;
beforeEach(async () => {
  services = await openCombatServices();
});
afterEach(() => services.close());

const setup = battleSetup();
const battleId = setup.id;

test.each(['session', 'battle'] as const)(
  'a store without memory is logged once over many checks: writing the %s',
  async (what) => {
    await services.combat.startBattle(setup);
    const full = () => Promise.reject(new Error('OOM command not allowed'));
    if (what === 'session') services.accounts.changeAccount = full;
    else services.battles.swap = full;
    await services.combat.surrender(1, battleId).catch(() => null);
    for (let checks = 0; checks < 3; checks += 1) {
      services.clock.advance(turnRules.turnMs);
      await services.combat.tick();
    }
    const lines = services.log.lines.filter(({ facts }) => facts['err'] !== undefined);
    expect(lines).toHaveLength(what === 'session' ? 2 : 1);
  },
);

test('a fighter whose session a newer release wrote is logged once, and released in the end', async () => {
  await services.combat.startBattle(setup);
  await services.documents.set(keys.account(1), '$.schema', accountFormat.version + 1);
  await services.combat.surrender(2, battleId);
  for (let checks = 0; checks < 3; checks += 1) {
    services.clock.advance(5_000);
    await services.combat.tick();
  }
  expect(services.freed).toEqual([[2, battleId]]);
  expect(services.log.lines.filter(({ level }) => level !== 'info')).toMatchObject([
    { level: 'warn', facts: { key: keys.account(1), version: accountFormat.version + 1 } },
  ]);
  await services.documents.set(keys.account(1), '$.schema', accountFormat.version);
  services.clock.advance(5_000);
  await services.combat.tick();
  expect(services.freed.map(([charId]) => charId)).toEqual([2, 1]);
});
