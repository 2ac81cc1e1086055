import { NewerRecordError } from '../../domains/core/newer-record-error.ts';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SqlCharactersRepository } from '../../database/characters-repository.ts';
import { SqlSavedSessions } from '../../database/saved-sessions.ts';
import { characters, savedSessions } from '../../database/schema.ts';
import { type AccountContext, accountFormat } from '../../domains/account/account-context.ts';
import type { SessionToSave } from '../../domains/account/saved-sessions.ts';
import { firstVersionOf } from '../support/account-context.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';
import { finishedSession } from '../support/finished-session.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { silentLog } from '../support/silent-log.ts';

const [early, late] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1) + 1] as const;

describeOnEachDatabase('saved sessions', (database) => {
  test('load returns the saved session', async () => {
    const { sessions, charId } = await setUp(database());
    expect(await sessions.load(charId)).toBeNull();
    const session = sessionAt(charId, 'dark_forest');
    expect(await sessions.save([at(early, charId, session)])).toEqual(['saved']);
    expect(await sessions.load(charId)).toEqual(session);
  });

  test('save updates location, vitals and last_seen_at of the character', async () => {
    const { sessions, charId, repository, row } = await setUp(database());
    const session = sessionAt(charId, 'dark_forest');
    const seenAtMs = early - 5_000;
    await sessions.save([{ ...at(early, charId, session), seenAtMs }]);
    expect(await repository.find(charId)).toMatchObject({
      vitals_snapshot: session.stats,
      location_id: 'dark_forest',
    });
    expect((await row())?.last_seen_at?.getTime()).toBe(seenAtMs);
  });

  test('save of an unfinished character leaves its vitals null', async () => {
    const { sessions, charId, repository } = await setUp(database());
    const unfinished = { ...sessionAt(charId, 'inn'), state: 'ONBOARDING' } as const;
    await sessions.save([at(early, charId, unfinished)]);
    expect((await sessions.load(charId))?.state).toBe('ONBOARDING');
    expect((await repository.find(charId))?.vitals_snapshot).toBeNull();
  });

  test('an older save never overwrites a newer one in any order', async () => {
    const { sessions, charId, repository } = await setUp(database());
    await sessions.save([at(late, charId, sessionAt(charId, 'new'))]);
    const old = at(early, charId, sessionAt(charId, 'old'));
    expect(await sessions.save([old])).toEqual(['older']);
    expect((await sessions.load(charId))?.location.current).toBe('new');
    expect((await repository.find(charId))?.location_id).toBe('new');
    const { others } = database();
    const moments = Array.from({ length: 12 }, (_, n) => Date.UTC(2027, 0, 1, 0, 0, n));
    await Promise.all(
      moments.map((moment, n) => {
        const one = new SqlSavedSessions({
          db: others[n % 3] ?? others[0],
          log: new RecordingLog(),
        });
        return one.save([at(moment, charId, sessionAt(charId, `place ${n}`))]);
      }),
    );
    expect((await sessions.load(charId))?.location.current).toBe('place 11');
    expect((await repository.find(charId))?.location_id).toBe('place 11');
  });

  test('a session of version 1 is read with no gear', async () => {
    const { sessions, charId } = await setUp(database());
    const context = firstVersionOf(sessionAt(charId, 'inn'));
    const first = { character_id: charId, context, version: 1, saved_at: new Date(early) };
    await database().db.insert(savedSessions).values(first);
    expect(await sessions.load(charId)).toEqual(sessionAt(charId, 'inn'));
  });

  test('a session of a later release is neither read nor replaced, and logged once', async () => {
    const { sessions, charId, log } = await setUp(database());
    const { db } = database();
    await sessions.save([at(early, charId, sessionAt(charId, 'inn'))]);
    const version = accountFormat.version + 1;
    await db.update(savedSessions).set({ version, context: { of: 'later' } });
    expect(await sessions.save([at(late, charId, sessionAt(charId, 'forest'))])).toEqual(['older']);
    for (let times = 0; times < 2; times += 1)
      await expect(sessions.load(charId)).rejects.toThrow(NewerRecordError);
    expect(log.lines.map(({ level, facts }) => [level, facts['charId']])).toEqual([
      ['warn', charId],
    ]);
    const [row] = await db
      .select()
      .from(savedSessions)
      .where(eq(savedSessions.character_id, charId));
    expect([row?.version, row?.context]).toEqual([version, { of: 'later' }]);
  });

  test('save returns missing for an unknown or deleted character', async () => {
    const { sessions, charId, repository } = await setUp(database());
    const inn = sessionAt(charId, 'inn');
    expect(await sessions.save([at(early, 9_999, inn), at(early, charId, inn)])).toEqual([
      'missing',
      'saved',
    ]);
    await repository.delete(charId);
    expect(await sessions.load(charId)).toBeNull();
    expect(await sessions.save([at(late, charId, inn)])).toEqual(['missing']);
  });

  test('several processes save the same sessions at once', async () => {
    const { sessions, repository } = await setUp(database());
    const { others } = database();
    const ids = [await newCharacter(repository, 8), await newCharacter(repository, 9)];
    const wave = ids.map((id, n) => at(early, id, sessionAt(id, `place ${n}`)));
    const replies = await Promise.all(
      [...others, ...others].map((db, n) =>
        new SqlSavedSessions({ db, log: silentLog }).save(n % 2 === 0 ? wave : wave.toReversed()),
      ),
    );
    expect(new Set(replies.flat())).toEqual(new Set(['saved']));
    expect(await Promise.all(ids.map((id) => sessions.load(id)))).toEqual(
      wave.map(({ context }) => context),
    );
    expect((await repository.find(ids[1] ?? 0))?.location_id).toBe('place 1');
  });

  test('a session that PostgreSQL refuses does not prevent the others from being saved', async () => {
    const { sessions, repository, charId, log } = await setUp(database());
    const other = await newCharacter(repository, 8);
    const broken = { ...sessionAt(charId, 'inn'), skills: { 'a\u0000b': 1 } };
    const third = await newCharacter(repository, 9);
    const replies = await sessions.save([
      at(early, other, sessionAt(other, 'inn')),
      at(early, charId, broken),
      at(early, third, sessionAt(third, 'inn')),
    ]);
    expect(replies).toEqual(['saved', 'refused', 'saved']);
    expect(log.lines.map(({ level, facts }) => [level, facts['charId']])).toEqual([
      ['error', charId],
    ]);
    expect((await sessions.load(other))?.location.current).toBe('inn');
  });

  test.each([{ context: { state: 'EXPLORATION' } }])(
    'an unreadable session loads as null and is logged once: %j',
    async (change) => {
      const { db } = database();
      const { sessions, charId, log } = await setUp(database());
      await sessions.save([at(early, charId, sessionAt(charId, 'inn'))]);
      await db.update(savedSessions).set(change);
      expect([await sessions.load(charId), await sessions.load(charId)]).toEqual([null, null]);
      expect(log.lines.map(({ level, facts }) => [level, facts['charId']])).toEqual([
        ['warn', charId],
      ]);
    },
  );

  test('the schema refuses a session that is not an object and a version below 1', async () => {
    const { db } = database();
    const { sessions, charId } = await setUp(database());
    await sessions.save([at(early, charId, sessionAt(charId, 'inn'))]);
    for (const [constraint, change] of [
      ['saved_sessions_context_object', sql`context = '[]'`],
      ['saved_sessions_context_object', sql`context = 'null'`],
      ['saved_sessions_version_counted', sql`version = 0`],
    ] as const) {
      await expect(db.execute(sql`update saved_sessions set ${change}`)).rejects.toMatchObject({
        cause: { constraint },
      });
    }
    expect(await sessions.load(charId)).not.toBeNull();
  });
});

async function setUp({ db }: DatabaseUnderTest) {
  const repository = new SqlCharactersRepository(db);
  const charId = await newCharacter(repository, 7);
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

async function newCharacter(repository: SqlCharactersRepository, userId: number): Promise<number> {
  const createdAt = new Date(early).toISOString();
  const made = await repository.createShell({ userId, createdAt, limit: 4 });
  if (made.kind !== 'created') throw new Error('No character was made');
  return made.character.character_id;
}

function at(savedAtMs: number, charId: number, context: AccountContext): SessionToSave {
  return { charId, context, savedAtMs, seenAtMs: savedAtMs };
}
