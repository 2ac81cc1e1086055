import { expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { SqlCharactersRepository } from '../../database/characters-repository.ts';
import type { Database } from '../../database/database.ts';
import { SqlSavedSessions } from '../../database/saved-sessions.ts';
import { users } from '../../database/schema.ts';
import { SqlUsersRepository } from '../../database/users-repository.ts';
import type { Language } from '../../domains/account/hot-user-store.ts';
import { RefusedValueError } from '../../domains/core/refused-value-error.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { finishedSession } from '../support/finished-session.ts';
import { silentLog } from '../support/silent-log.ts';
import { eq, sql } from 'drizzle-orm';

const ann = { userId: 7_000_000_001, firstName: 'Ann', lastName: null, username: 'ann' } as const;
/** A language of a later release. */
const later = 'xx' as Language;

describeOnEachDatabase('users', (database) => {
  test('registerUser stores the user with the guessed language', async () => {
    const repository = new SqlUsersRepository({ db: database().db, log: silentLog });
    expect(await repository.find(ann.userId)).toBeNull();
    await repository.registerUser({ ...ann, language: 'ru' });
    const found = await repository.find(ann.userId);
    expect(found).toEqual({
      ...ann,
      language: 'ru',
      activeCharacterId: null,
      hasMutedEmotes: false,
      createdAt: found?.createdAt,
    });
  });

  test('muteEmotes stores the choice, also of a user who is not known yet', async () => {
    const repository = new SqlUsersRepository({ db: database().db, log: silentLog });
    await repository.muteEmotes(ann.userId, true);
    await repository.registerUser({ ...ann, language: 'ru' });
    expect(await repository.find(ann.userId)).toMatchObject({ hasMutedEmotes: true });
    await repository.muteEmotes(ann.userId, false);
    expect(await repository.find(ann.userId)).toMatchObject({
      firstName: 'Ann',
      hasMutedEmotes: false,
    });
  });

  test('registerUser replaces half a surrogate pair, and a refused NUL is a RefusedValueError', async () => {
    const { users: repository } = repositoriesOn(database().db, silentLog);
    await repository.registerUser({ ...ann, firstName: 'Ann \ud83d', language: 'en' });
    expect(await repository.find(ann.userId)).toMatchObject({ firstName: 'Ann \ufffd' });
    const refused = repository.registerUser({ ...ann, firstName: 'Ann\0', language: 'en' });
    await expect(refused).rejects.toThrow(RefusedValueError);
  });

  test('registerUser again updates the names and keeps the language', async () => {
    const repository = new SqlUsersRepository({ db: database().db, log: silentLog });
    await repository.setLanguage(ann.userId, 'en');
    await repository.registerUser({ ...ann, language: 'ru' });
    await repository.registerUser({ ...ann, firstName: 'Anna', username: null, language: null });
    expect(await repository.find(ann.userId)).toMatchObject({
      firstName: 'Anna',
      username: null,
      language: 'en',
    });
    await repository.setLanguage(ann.userId, 'ru');
    expect((await repository.find(ann.userId))?.language).toBe('ru');
  });

  test('registerUser again sets a language that was null', async () => {
    const repository = new SqlUsersRepository({ db: database().db, log: silentLog });
    await repository.registerUser({ ...ann, language: null });
    await repository.registerUser({ ...ann, language: 'en' });
    expect((await repository.find(ann.userId))?.language).toBe('en');
  });

  test('concurrent registerUser calls create one user', async () => {
    const { db, others } = database();
    await Promise.all(
      [db, ...others, db, ...others].map((one) =>
        new SqlUsersRepository({ db: one, log: silentLog }).registerUser({
          ...ann,
          language: 'en',
        }),
      ),
    );
    expect(await new SqlUsersRepository({ db, log: silentLog }).find(ann.userId)).toMatchObject({
      firstName: 'Ann',
    });
  });

  test('setActiveCharacter accepts only own characters that are not deleted', async () => {
    const repository = new SqlUsersRepository({ db: database().db, log: silentLog });
    const characters = new SqlCharactersRepository(database().db);
    const [own, foreign] = [await shellOf(database(), ann.userId), await shellOf(database(), 8)];
    const played = async () => (await repository.find(ann.userId))?.activeCharacterId;
    expect(await repository.setActiveCharacter(ann.userId, own)).toBe(true);
    expect(await repository.setActiveCharacter(ann.userId, foreign)).toBe(false);
    expect(await played()).toBe(own);
    expect(await repository.setActiveCharacter(ann.userId, null)).toBe(true);
    expect(await played()).toBeNull();
    await repository.setActiveCharacter(ann.userId, own);
    await characters.delete(own);
    expect(await played()).toBeNull();
    expect(await repository.setActiveCharacter(ann.userId, own)).toBe(false);
    expect(await repository.setActiveCharacter(99, null)).toBe(false);
  });

  test('enter sends one query and returns character, saved session and previous character', async () => {
    const { db } = database();
    const repository = new SqlUsersRepository({ db, log: silentLog });
    const sessions = new SqlSavedSessions({ db, log: silentLog });
    const [own, foreign] = [await shellOf(database(), ann.userId), await shellOf(database(), 8)];
    const character = await new SqlCharactersRepository(db).find(own);
    expect(await repository.enterCharacter(ann.userId, own)).toEqual({
      character,
      saved: null,
      previousId: null,
    });
    expect((await repository.enterCharacter(ann.userId, own))?.previousId).toBe(own);
    expect((await repository.find(ann.userId))?.activeCharacterId).toBe(own);
    const context = finishedSession(own, ann.userId);
    const atMs = Date.UTC(2026, 0, 1);
    await sessions.save([{ charId: own, context, savedAtMs: atMs, seenAtMs: atMs }]);
    expect((await repository.enterCharacter(ann.userId, own))?.saved).toEqual(context);
    for (const charId of [foreign, 9_999]) {
      expect(await repository.enterCharacter(ann.userId, charId)).toBeNull();
    }
    await new SqlCharactersRepository(db).delete(own);
    expect(await repository.enterCharacter(ann.userId, own)).toBeNull();
    expect((await repository.find(ann.userId))?.activeCharacterId).toBeNull();
  });

  test('setActiveCharacter waits for a concurrent deletion and then refuses', async ({ skip }) => {
    const { db, others } = database();
    skip(others[0] === db, 'the embedded database has one process');
    const own = await shellOf(database(), ann.userId);
    const playing = await db.transaction(async (tx) => {
      await new SqlCharactersRepository(tx).delete(own);
      const played = new SqlUsersRepository({ db: others[0], log: silentLog }).setActiveCharacter(
        ann.userId,
        own,
      );
      await Promise.race([played, somebodyWaits(others[1])]);
      return { played };
    });
    expect(await playing.played).toBe(false);
    expect(
      (await new SqlUsersRepository({ db, log: silentLog }).find(ann.userId))?.activeCharacterId,
    ).toBeNull();
  });

  test('a language of a later release is kept and reads as null', async () => {
    const repository = new SqlUsersRepository({ db: database().db, log: silentLog });
    await repository.registerUser({ ...ann, language: later });
    await repository.registerUser({ ...ann, firstName: 'Anna', language: 'en' });
    expect(await repository.find(ann.userId)).toMatchObject({ firstName: 'Anna', language: null });
    expect(await languageOf(database())).toBe(later);
    await repository.setLanguage(ann.userId, 'ru');
    await repository.setLanguage(ann.userId, later);
    expect(await languageOf(database())).toBe(later);
  });

  test('a name that PostgreSQL cannot store raises RefusedValueError, not an outage', async () => {
    const { users } = repositoriesOn(database().db, silentLog);
    const strange = { ...ann, firstName: 'A\0nn', language: 'en' } as const;
    await expect(users.registerUser(strange)).rejects.toThrow(RefusedValueError);
    await users.registerUser({ ...ann, language: 'en' });
    expect((await users.find(ann.userId))?.firstName).toBe(ann.firstName);
  });

  test('the schema refuses an invalid language and the character of another user', async () => {
    const { db } = database();
    const foreign = await shellOf(database(), 8);
    await shellOf(database(), 7);
    for (const [constraint, change] of [
      ['users_language_word', sql`language = 'Français'`],
      ['users_active_character_own', sql`active_character_id = ${foreign}`],
    ] as const) {
      const changed = db.execute(sql`update users set ${change} where id = 7`);
      await expect(changed).rejects.toMatchObject({ cause: { constraint } });
    }
  });
});

async function languageOf({ db }: DatabaseUnderTest): Promise<unknown> {
  const of = eq(users.id, ann.userId);
  const [row] = await db.select({ language: users.language }).from(users).where(of);
  return row?.language;
}

/** Resolves when a connection waits for a lock. */
async function somebodyWaits(db: Database): Promise<void> {
  const waiting = sql`(select * from pg_locks where not granted) waiting`;
  while ((await db.select({ count: sql<unknown>`count(*)::int` }).from(waiting))[0]?.count === 0);
}

async function shellOf({ db }: DatabaseUnderTest, userId: number): Promise<number> {
  const shell = { userId, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
  const made = await new SqlCharactersRepository(db).createShell(shell);
  if (made.kind !== 'created') throw new Error('No character was made');
  return made.character.character_id;
}
