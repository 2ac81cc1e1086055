import { afterEach, beforeEach, expect, test } from 'vitest';
import { keys } from '../../../redis/keys.ts';
import { battleSetup } from '../../support/battle-setup.ts';
import { openCombatServices } from '../../support/combat-services.ts';

let services: Awaited<ReturnType<typeof openCombatServices>>;
beforeEach(async () => {
  services = await openCombatServices();
});
afterEach(() => services.close());

const setup = battleSetup();
const battleId = setup.id;

async function makeMove(charId: number): Promise<void> {
  const { combat } = services;
  await combat.tap({ charId, battleId, turn: 1, choice: { strike: 'head' } });
  await combat.tap({ charId, battleId, turn: 1, choice: { guard: 'chest-belly' } });
}

test('takes a tap that was decided on an outdated record, and keeps the other side’s choice', async () => {
  const known = await services.combat.startBattle(setup);
  await makeMove(2);
  const tap = { charId: 1, battleId, turn: 1, choice: { strike: 'head' } } as const;
  const reply = await services.combat.tap(tap, known);
  expect(reply.kind).toBe('accepted');
  const { sides } = (await services.battles.get(battleId)) ?? {};
  expect([sides?.[0].draft.strike, sides?.[1].choice?.strike]).toEqual(['head', 'head']);
});

test('refuses a tap only by the stored record, not by an outdated one', async () => {
  const known = await services.combat.startBattle(setup);
  await makeMove(1);
  await makeMove(2);
  const choice = { strike: 'head' } as const;
  const tap = (turn: number) => services.combat.tap({ charId: 1, battleId, turn, choice }, known);
  expect(await tap(1)).toMatchObject({ kind: 'stale', record: { battle: { turn: 2 } } });
  expect(await tap(2)).toMatchObject({ kind: 'accepted', record: { battle: { turn: 2 } } });
});

test('answers no_battle to a tap on a known battle that is gone', async () => {
  const known = await services.combat.startBattle(setup);
  await services.client.del(keys.battle(battleId));
  const tap = { charId: 1, battleId, turn: 1, choice: { strike: 'head' } } as const;
  expect(await services.combat.tap(tap, known)).toEqual({ kind: 'no_battle' });
});
