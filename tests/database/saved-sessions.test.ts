import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SqlCharactersRepository } from '../../database/characters-repository.ts';
import { SqlSavedSessions } from '../../database/saved-sessions.ts';
import { characters, savedSessions } from '../../database/schema.ts';
import type { AccountContext } from '../../domains/account/account-context.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { finishedSession } from '../support/finished-session.ts';
import { RecordingLog } from '../support/recording-log.ts';

const [early, late] = ['2026-01-01T00:00:00.001Z', '2026-01-01T00:00:00.002Z'] as const;

describeOnEachDatabase('saved sessions', (database) => {
  test('what is saved is loaded, until it is deleted', async () => {
    const { sessions, charId } = await house(database());
    expect(await sessions.load(charId)).toBeNull();
    const session = sessionAt(charId, 'dark_forest');
    expect(await sessions.save(charId, session, early)).toBe(true);
    expect(await sessions.load(charId)).toEqual(session);
    await sessions.delete(charId);
    expect(await sessions.load(charId)).toBeNull();
  });

  test('the character is where and how his session was saved', async () => {
    const { sessions, charId, repository, row } = await house(database());
    const session = sessionAt(charId, 'dark_forest');
    await sessions.save(charId, session, early);
    expect(await repository.find(charId)).toMatchObject({
      vitals_snapshot: session.stats,
      location_id: 'dark_forest',
    });
    expect((await row())?.last_seen_at?.toISOString()).toBe(early);
  });

  test('an unfinished character has a session, but no vitals yet', async () => {
    const { sessions, charId, repository } = await house(database());
    await sessions.save(charId, { ...sessionAt(charId, 'inn'), state: 'ONBOARDING' }, early);
    expect((await sessions.load(charId))?.state).toBe('ONBOARDING');
    expect((await repository.find(charId))?.vitals_snapshot).toBeNull();
  });

  test('an older save never overwrites a newer one, in whatever order they come', async () => {
    const { sessions, charId, repository } = await house(database());
    await sessions.save(charId, sessionAt(charId, 'new'), late);
    expect(await sessions.save(charId, sessionAt(charId, 'old'), early)).toBe(true);
    expect((await sessions.load(charId))?.location.current).toBe('new');
    expect((await repository.find(charId))?.location_id).toBe('new');
    const { others } = database();
    const moments = Array.from({ length: 12 }, (_, n) => new Date(Date.UTC(2027, 0, 1, 0, 0, n)));
    await Promise.all(
      moments.map((at, n) => {
        const one = new SqlSavedSessions({
          db: others[n % 3] ?? others[0],
          log: new RecordingLog(),
        });
        return one.save(charId, sessionAt(charId, `place ${n}`), at.toISOString());
      }),
    );
    expect((await sessions.load(charId))?.location.current).toBe('place 11');
    expect((await repository.find(charId))?.location_id).toBe('place 11');
  });

  test('what a later release saved is neither read nor replaced', async () => {
    const { sessions, charId } = await house(database());
    const { db } = database();
    await sessions.save(charId, sessionAt(charId, 'inn'), early);
    await db.update(savedSessions).set({ version: 2, context: { of: 'later' } });
    await sessions.save(charId, sessionAt(charId, 'forest'), late);
    expect(await sessions.load(charId)).toBeNull();
    const [row] = await db
      .select()
      .from(savedSessions)
      .where(eq(savedSessions.character_id, charId));
    expect([row?.version, row?.context]).toEqual([2, { of: 'later' }]);
  });

  test('a character that is not there, or no longer, has no saved session', async () => {
    const { sessions, charId, repository } = await house(database());
    expect(await sessions.save(9_999, sessionAt(charId, 'inn'), early)).toBe(false);
    await sessions.save(charId, sessionAt(charId, 'inn'), early);
    await repository.delete(charId);
    expect(await sessions.load(charId)).toBeNull();
    expect(await sessions.save(charId, sessionAt(charId, 'inn'), late)).toBe(false);
  });

  test.each([{ context: { state: 'ARENA' } }, { version: 2 }])(
    'one that cannot be read is passed over and told once: %j',
    async (change) => {
      const { db } = database();
      const { sessions, charId, log } = await house(database());
      await sessions.save(charId, sessionAt(charId, 'inn'), early);
      await db.update(savedSessions).set(change);
      expect([await sessions.load(charId), await sessions.load(charId)]).toEqual([null, null]);
      expect(log.lines.map(({ level, facts }) => [level, facts['charId']])).toEqual([
        ['warn', charId],
      ]);
    },
  );
});

async function house({ db }: DatabaseUnderTest) {
  const repository = new SqlCharactersRepository(db);
  const made = await repository.createShell({ userId: 7, createdAt: early, limit: 4 });
  if (made.kind === 'full') throw new Error('No character was made');
  const charId = made.character.character_id;
  const log = new RecordingLog();
  const row = async () => {
    const [found] = await db.select().from(characters).where(eq(characters.id, charId));
    return found;
  };
  return { repository, charId, log, row, sessions: new SqlSavedSessions({ db, log }) };
}

function sessionAt(charId: number, place: string): AccountContext {
  return { ...finishedSession(charId, 7), location: { current: place, prev: null } };
}
