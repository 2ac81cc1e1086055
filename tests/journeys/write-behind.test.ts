import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { asking, makeCharacter, screenWith } from '../support/duellist.ts';
import { memoryLastingStores } from '../support/memory-lasting-stores.ts';
import { openArena, troubles } from '../support/open-arena.ts';
import { screensIn } from '../support/screens-in-chat.ts';
import { silentLog } from '../support/silent-log.ts';

const DAY_MS = 24 * 3_600_000;

test('an emptied Redis costs a player no more than the last minutes of his wounds', async () => {
  const { open, ann, charId, forgetAll, lasting } = await openWithAnn();
  const { accounts } = open.arena.house;
  await accounts.updateStatCurrent(charId, 'hp', 50);
  await accounts.setLocation(charId, 'dark_forest');
  open.clock.advance(120_000);
  const savedHp = async () => (await lasting.savedSessions.load(charId))?.stats.hp.cur;
  await expect.poll(savedHp).toBe(50);
  await accounts.updateStatCurrent(charId, 'hp', 20);
  await forgetAll();
  await ann.tap(asking('arena.mode'));
  await screenWith(ann, 'arena.join');
  expect(await accounts.getFullAccount(charId)).toMatchObject({
    stats: { hp: { cur: 50 } },
    location: { current: 'dark_forest' },
  });
  expect(troubles(open)).toEqual([]);
});

test('whoever is away for a day leaves Redis, and comes back as if nothing had been', async () => {
  const { open, ann, charId } = await openWithAnn();
  const { accounts } = open.arena.house;
  await accounts.updateStatCurrent(charId, 'hp', 50);
  ann.say('/menu');
  await ann.sees(/50\/1\d\d/);
  const left = await accounts.getFullAccount(charId);
  open.clock.advance(DAY_MS);
  await expect.poll(() => accounts.accountExists(charId)).toBe(false);
  await ann.tap(asking('arena.mode'));
  await screenWith(ann, 'arena.join');
  expect(await accounts.getFullAccount(charId)).toEqual(left);
  expect(troubles(open)).toEqual([]);
});

test('a bot that is stopped has saved everything that it had not saved yet', async () => {
  const { open, ann, charId, lasting } = await openWithAnn();
  await open.arena.house.accounts.updateStatCurrent(charId, 'hp', 33);
  // What it has not tidied up yet, a bot that is stopped leaves.
  const screens = () => screensIn(open.sandbox, ann.id);
  await expect.poll(screens, { timeout: 10_000 }).toBe(1);
  await open.arena.stop();
  expect((await lasting.savedSessions.load(charId))?.stats.hp.cur).toBe(33);
  expect((await lasting.characters.find(charId))?.vitals_snapshot?.hp.cur).toBe(33);
});

test('choices of an onboarding that is not finished outlast an emptied Redis', async () => {
  const { open, forgetAll, lasting } = await openForgetful();
  const ann = open.newcomer('Ann');
  ann.say('/start');
  await ann.tap(asking('lobby.new'));
  await ann.sees(/What is your name/);
  ann.say('Ann');
  await ann.tap(asking('onboarding.gender||female'));
  await ann.tap(asking('onboarding.archetype||mystic'));
  await screenWith(ann, 'onboarding.confirm');
  const [shell] = await lasting.characters.listOf(ann.id);
  const charId = shell?.character_id ?? 0;
  const saved = async () => (await lasting.savedSessions.load(charId))?.bio.archetype;
  open.clock.advance(120_000);
  await expect.poll(saved).toBe('mystic');
  await forgetAll();
  await ann.tap(asking('onboarding.confirm'));
  await screenWith(ann, 'arena.mode');
  expect(await lasting.characters.find(charId)).toMatchObject({
    gender: 'female',
    archetype: 'mystic',
  });
  expect(troubles(open)).toEqual([]);
});

async function openWithAnn() {
  const opened = await openForgetful();
  const ann = opened.open.newcomer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  const [character] = await opened.lasting.characters.listOf(ann.id);
  return { ...opened, ann, charId: character?.character_id ?? 0 };
}

/** An arena whose Redis can be made to forget. */
async function openForgetful() {
  const lasting = memoryLastingStores();
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const open = await openArena({}, { lasting, redis });
  return { open, lasting, forgetAll: () => redis.client.flushall() };
}
