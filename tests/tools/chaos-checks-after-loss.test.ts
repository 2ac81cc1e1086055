import { expect, test } from 'vitest';
import { characterOf } from '../../database/characters-repository.ts';
import { characters } from '../../database/schema.ts';
import { restoredContext } from '../../domains/account/account-session-service.ts';
import { keys } from '../../redis/keys.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { checkArena } from '../../tools/chaos/check-arena.ts';
import { checkResults } from '../../tools/chaos/check-results.ts';
import { findUnsaved } from '../../tools/chaos/check-sessions.ts';
import { describeViolation } from '../../tools/chaos/violation.ts';
import { useCheckedDuels } from './checked-duel.ts';
import { silentLog } from '../support/silent-log.ts';

const { openDuel } = useCheckedDuels();

test('a stored battle that Redis has lost is reported unless everything was lost, or it was fought otherwise', async () => {
  const { services, client, stores, battles, fight } = await openDuel();
  const battleId = await fight();
  await services.combat.surrender(1, battleId);
  const fought = await battles.get(battleId);
  if (fought === null) throw new Error('the battle is there');
  await client.flushall();
  const violationsWith = async (lost: typeof fought | null) => {
    const { violations } = await checkResults(stores, { lostBattle: () => lost });
    return violations.map(describeViolation);
  };
  expect(await violationsWith(fought)).toEqual([]);
  const missing = `every result stored once: battle ${battleId} is missing in Redis`;
  expect(await violationsWith(null)).toEqual([missing]);
  const different = `every result stored once: battle ${battleId} is stored differently from the fight`;
  expect(await violationsWith({ ...fought, inputs: [] })).toEqual([different]);
});

test('a battle that was running when Redis lost everything is not reported', async () => {
  const { client, fight, report } = await openDuel();
  await fight();
  await client.flushall();
  expect(await report()).toEqual([]);
});

test('a session that the database gave back is reported unless Redis lost everything before', async () => {
  const { client, documents, stores } = await openDuel();
  await client.flushall();
  const [row] = await stores.db.select().from(characters);
  if (row === undefined) throw new Error('the character is there');
  const accounts = new AccountManager({ client, documents, log: silentLog });
  await accounts.createAccount(1, restoredContext(characterOf(row), null));
  const reportOf = async (hasLostAll: boolean) =>
    (await findUnsaved(stores, { hasLostAll })).map(describeViolation);
  const unsaved = ['every session saved: session 1 is neither saved nor queued: never saved'];
  expect(await reportOf(false)).toEqual(unsaved);
  expect(await reportOf(true)).toEqual([]);
  await accounts.setState(1, 'EXPLORATION');
  expect(await reportOf(true)).toEqual(unsaved);
});

test('without the database the arena is checked for everybody whom Redis knows', async () => {
  const { client, stores, fight } = await openDuel();
  await fight();
  await client.del(keys.seat(2));
  const found = await checkArena({ ...stores, db: null });
  expect(found.map(describeViolation)).toContainEqual(
    expect.stringMatching(/^claimed both or neither: 2 fights in battle \w+ without its seat/),
  );
});
