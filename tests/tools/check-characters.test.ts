import { eq, sql } from 'drizzle-orm';
import { type Sandbox, startSandbox } from 'telegram-sandbox';
import { expect, onTestFinished, test } from 'vitest';
import { SqlSavedSessions } from '../../database/saved-sessions.ts';
import { characters, users } from '../../database/schema.ts';
import type { SessionToSave } from '../../domains/account/saved-sessions.ts';
import { connectRedis } from '../../redis/connect.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import {
  checkCharacters,
  checkLanguages,
  checkScreens,
} from '../../tools/chaos/check-characters.ts';
import { describeViolation } from '../../tools/chaos/violation.ts';
import { finishedSession } from '../support/finished-session.ts';
import { silentLog } from '../support/silent-log.ts';
import { someDatabase } from '../support/some-database.ts';

const IDS = [1, 2, 3];
/** Has no character, and never had one. */
const UNFINISHED = 4;

/** Three players with a ready character each, live and saved. */
async function openPlayers() {
  const db = await someDatabase();
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const accounts = new AccountManager({ ...redis, log: silentLog });
  for (const id of IDS) {
    const { bio, location } = finishedSession(id, 1000 + id);
    await db.insert(users).values({ id: 1000 + id });
    await db.insert(characters).values({
      id,
      user_id: 1000 + id,
      slot: 1,
      location_id: location.current,
      name: bio.name,
      name_key: bio.name,
      gender: bio.gender,
      archetype: bio.archetype ?? null,
    });
    await accounts.createAccount(id, finishedSession(id, 1000 + id));
  }
  const players = [...IDS, UNFINISHED].map((id) => {
    const person = sandbox.people.add({ id: 1000 + id, firstName: 'x', languageCode: 'en' });
    return { person, name: `Fighter ${id}`, hasReachedArena: id !== UNFINISHED };
  });
  const stores = { redis: redis.client, documents: redis.documents, db };
  return {
    db,
    players,
    sandbox,
    /** Saves every session as `change` makes it. */
    save: async (change: (saved: SessionToSave) => SessionToSave) => {
      const sessions = IDS.map((charId) => {
        const context = finishedSession(charId, 1000 + charId);
        return change({ charId, context, savedAtMs: 1, seenAtMs: 1 });
      });
      await new SqlSavedSessions({ db, log: silentLog }).save(sessions);
    },
    report: async () => (await checkCharacters(stores, players)).map(describeViolation),
  };
}

function renamesThird(saved: SessionToSave): SessionToSave {
  const { charId, context } = saved;
  if (charId % 3 !== 0) return saved;
  return { ...saved, context: { ...context, bio: { ...context.bio, name: 'Nobody' } } };
}

test('nothing is reported of characters that are as their players chose', async () => {
  const { save, report } = await openPlayers();
  await save((saved) => saved);
  expect(await report()).toEqual([]);
});

test('a save that renames each third character is reported', async () => {
  const { save, report } = await openPlayers();
  await save(renamesThird);
  expect(await report()).toEqual([
    expect.stringMatching(/^every character as chosen: Fighter 3 is \["Nobody",.* in the saved/),
  ]);
});

test('a session that was saved during onboarding, before another choice, is no violation', async () => {
  const { save, report } = await openPlayers();
  await save((saved) => {
    const { context } = renamesThird(saved);
    return { ...saved, context: { ...context, state: 'ONBOARDING' } };
  });
  expect(await report()).toEqual([]);
});

test('a character that is renamed, changed or gone in the database is reported', async () => {
  const { db, report } = await openPlayers();
  await db.update(characters).set({ name: 'Nobody' }).where(eq(characters.id, 1));
  await db.update(characters).set({ archetype: 'mystic' }).where(eq(characters.id, 2));
  await db.execute(sql`delete from characters where id = 3`);
  expect(await report()).toEqual([
    expect.stringMatching(/Fighter 1 is stored as Nobody$/),
    expect.stringMatching(/Fighter 2 is .* in the live session$/),
    expect.stringMatching(/Fighter 3 has no character$/),
  ]);
});

test('a screen that names a character otherwise is reported', async () => {
  const { sandbox, players } = await openPlayers();
  const [ann, bob] = players;
  for (const { person } of players) person.say('/start');
  for (const player of [ann, bob]) await sendScreen(sandbox, player?.person.id, 'Fighter 1');
  expect(checkScreens(players).map(describeViolation)).toEqual([
    expect.stringMatching(/^every character as chosen: Fighter 2 is not named on their screen/),
  ]);
});

test('a chosen language that the database or the screen lost is reported', async () => {
  const { db, sandbox, players } = await openPlayers();
  await db.insert(users).values({ id: 1000 + UNFINISHED });
  await db.update(users).set({ language: 'ru' });
  for (const { person } of players) {
    person.say('/start');
    await sendScreen(sandbox, person.id, 'Арена');
  }
  const report = async () => (await checkLanguages({ db }, players)).map(describeViolation);
  expect(await report()).toEqual([]);
  await db.update(users).set({ language: 'en' }).where(eq(users.id, 1001));
  await sendScreen(sandbox, 1002, 'Arena');
  expect(await report()).toEqual([
    'every language as chosen: Fighter 1 is stored with en',
    'every language as chosen: Fighter 2 reads\nArena',
  ]);
});

async function sendScreen(
  { url, token }: Pick<Sandbox, 'url' | 'token'>,
  chatId: number | undefined,
  text: string,
): Promise<void> {
  const keys = ['character|', 'lobby|'].map((callback_data) => ({ text: 'Duel', callback_data }));
  const reply_markup = { inline_keyboard: [keys] };
  await fetch(`${url}/bot${token}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chat_id: chatId, text, reply_markup }),
  });
}
