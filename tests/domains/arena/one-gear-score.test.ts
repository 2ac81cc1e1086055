import { expect, onTestFinished, test } from 'vitest';
import { contextOf } from '../../../domains/account/account-session-service.ts';
import { lobbyScreen } from '../../../domains/account/account-screens.ts';
import { gearScore } from '../../../domains/account/gear-score.ts';
import type { Text } from '../../../domains/core/text.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';
import { characterRow } from '../../support/character-row.ts';

const attributes = { ...archetypeNumbers.mystic.attributes, luck: 31 };
/** A warrior with the attributes of a mystic. */
const row = characterRow({
  character_id: 9,
  user_id: 10_009,
  attributes,
  skills: { feint: 2 },
});
const gs = gearScore(attributes);

function shownGs(body: readonly (Text | null)[]): unknown[] {
  return body.flatMap((line) => (line?.args?.['gs'] === undefined ? [] : [line.args['gs']]));
}

test('a character with attributes unlike its archetype has the same GearScore in lobby, menu, queue and battle', async () => {
  const crowd = await openMultiBotArena({ bots: 1, characters: 0 });
  onTestFinished(() => crowd.close());
  const { accounts, arena, sessions, combat } = crowd.first;
  await accounts.createAccount(9, contextOf(row));
  expect(gs).not.toBe(gearScore(archetypeNumbers.warrior.attributes));

  expect(shownGs(lobbyScreen([row]).body)).toEqual([gs]);
  expect(shownGs((await arena.getMainMenu(9)).payload.body)).toEqual([gs]);
  expect(shownGs((await arena.getModeMenu(9, '1v1')).payload.body)).toEqual([gs]);
  expect(await sessions.getGearScore(9)).toBe(gs);

  await arena.joinQueue(9, '1v1');
  expect((await sessions.getRequestMeta(9))?.request.gs).toBe(gs);

  crowd.clock.advance(60_000);
  await arena.wave();
  const place = await sessions.getQueueStatus(9);
  if (place.kind !== 'seated') throw new Error(`The character is ${place.kind}`);
  const record = await combat.find(place.battleId);
  expect(record?.sides.map((side) => side.gs)).toEqual([gs, gs]);
  expect(record?.sheets[0]).toMatchObject({ attributes, techniques: ['feint'] });
});
