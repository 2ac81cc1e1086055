import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { screensIn } from '../support/screens-in-chat.ts';
import { silentLog } from '../support/silent-log.ts';

const DAY_MS = 24 * 3_600_000;

test('an emptied Redis costs a player at most the last minutes of damage', async () => {
  const { open, ann, charId, forgetAll, repositories } = await openWithAnn();
  const { accounts } = open.arena.services;
  await accounts.updateStatCurrent(charId, 'hp', 50);
  await accounts.setLocation(charId, 'dark_forest');
  open.clock.advance(120_000);
  const savedHp = async () => (await repositories.savedSessions.load(charId))?.stats.hp.cur;
  await expect.poll(savedHp).toBe(50);
  await accounts.updateStatCurrent(charId, 'hp', 20);
  await forgetAll();
  await ann.tap(withAction('character'));
  await screenWith(ann, 'home');
  expect(await accounts.getFullAccount(charId)).toMatchObject({
    stats: { hp: { cur: 50 } },
    location: { current: 'dark_forest' },
  });
  expect(loggedProblems(open)).toEqual([]);
});

test('the session of a player inactive for a day is closed, and restored on return', async () => {
  const { open, ann, charId } = await openWithAnn();
  const { accounts } = open.arena.services;
  await accounts.updateStatCurrent(charId, 'hp', 50);
  ann.say('/menu');
  await ann.sees(/50\/1\d\d/);
  const left = await accounts.getFullAccount(charId);
  open.clock.advance(DAY_MS);
  await expect.poll(() => accounts.accountExists(charId)).toBe(false);
  await ann.tap(withAction('character'));
  await screenWith(ann, 'home');
  expect(await accounts.getFullAccount(charId)).toEqual(left);
  expect(loggedProblems(open)).toEqual([]);
});

test('a stopped bot has saved all dirty sessions', async () => {
  const { open, ann, charId, repositories } = await openWithAnn();
  await open.arena.services.accounts.updateStatCurrent(charId, 'hp', 33);
  // A stopped bot no longer removes old messages.
  const screens = () => screensIn(open.sandbox, ann.id);
  await expect.poll(screens, { timeout: 10_000 }).toBe(1);
  await open.arena.stop();
  expect((await repositories.savedSessions.load(charId))?.stats.hp.cur).toBe(33);
  expect((await repositories.characters.find(charId))?.vitals_snapshot?.hp.cur).toBe(33);
});

test('choices of an unfinished onboarding survive an emptied Redis', async () => {
  const { open, forgetAll, repositories } = await openForgetful();
  const ann = open.newPlayer('Ann');
  ann.say('/start');
  await ann.tap(withAction('lobby.new'));
  await ann.sees(/What is your name/);
  ann.say('Ann');
  await ann.tap(withAction('onboarding.gender||female'));
  await ann.tap(withAction('onboarding.archetype||mystic'));
  await screenWith(ann, 'onboarding.confirm');
  const [shell] = await repositories.characters.listOf(ann.id);
  const charId = shell?.character_id ?? 0;
  const saved = async () => (await repositories.savedSessions.load(charId))?.bio.archetype;
  open.clock.advance(120_000);
  await expect.poll(saved).toBe('mystic');
  await forgetAll();
  await ann.tap(withAction('onboarding.confirm'));
  await screenWith(ann, 'story.skip');
  expect(await repositories.characters.find(charId)).toMatchObject({
    gender: 'female',
    archetype: 'mystic',
  });
  expect(loggedProblems(open)).toEqual([]);
});

async function openWithAnn() {
  const opened = await openForgetful();
  const ann = opened.open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  const [character] = await opened.repositories.characters.listOf(ann.id);
  return { ...opened, ann, charId: character?.character_id ?? 0 };
}

/** An arena whose Redis can be emptied. */
async function openForgetful() {
  const repositories = memoryRepositories();
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const open = await openArena({}, { repositories, redis });
  return { open, repositories, forgetAll: () => redis.client.flushall() };
}
