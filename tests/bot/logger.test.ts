import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { factsOf } from '../../bot/api-errors.ts';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { users } from '../../database/schema.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { silentLog } from '../support/silent-log.ts';

const SECRET = 'Аннабель';

describeOnEachDatabase('the log of a failed query', (database) => {
  test('has the reason and the SQLSTATE of a full disk, and no parameters', async () => {
    const { db } = database();
    await db.execute(sql`create function fill() returns trigger language plpgsql as $$ begin
      raise 'could not extend file "base/5/1": No space left on device' using errcode = '53100';
      end $$`);
    await db.execute(sql`create trigger full_disk before insert on users
      for each statement execute function fill()`);
    const { users: repository } = repositoriesOn(db, silentLog);
    const profile = { userId: 7, firstName: SECRET, lastName: null, username: null };
    const facts = factsOf(await errorOf(repository.registerUser({ ...profile, language: 'ru' })));
    await db.execute(sql`drop function fill cascade`);
    expect(facts).toMatchObject({
      error: 'OutageError',
      detail: 'could not extend file "base/5/1": No space left on device',
      code: '53100',
    });
    expect(JSON.stringify(facts)).not.toMatch(/Аннабель|Failed query|insert into/);
    expect(facts['stack']).toMatch(/^\s*at .*map-errors/);
  });

  test('has no value that the server quotes', async () => {
    const select = database().db.$count(users, sql`id = ${SECRET}`);
    const facts = factsOf(await errorOf(select));
    const detail = 'invalid input syntax for type bigint: "…"';
    expect(facts).toMatchObject({ code: '22P02', detail });
    expect(JSON.stringify(facts)).not.toContain(SECRET);
  });
});

test('the log of an error that is not of the database has its message and stack', () => {
  const error = new TypeError('a fault of ours', { cause: new Error('inner') });
  expect(factsOf(error)).toEqual({
    error: 'TypeError',
    detail: 'a fault of ours',
    stack: error.stack,
  });
});

async function errorOf(failing: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(failing).then(
    () => null,
    (error: unknown) => error,
  );
}
