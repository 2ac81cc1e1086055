import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { mapErrors } from '../../database/map-errors.ts';
import { OutageError } from '../../domains/core/outage-error.ts';
import { RefusedValueError } from '../../domains/core/refused-value-error.ts';

/** An error of the driver as Drizzle wraps it. */
function query(code: string | null) {
  const cause = new Error('said the server');
  const driverError = code === null ? cause : Object.assign(cause, { severity: 'ERROR', code });
  return new DrizzleQueryError('select 1', [], driverError);
}

const broken = new TypeError('a row that cannot be parsed');

test.each([
  ['a connection that is gone', query(null), OutageError],
  ['a server that shuts down', query('57P01'), OutageError],
  ['a server whose disk is full', query('53100'), OutageError],
  ['a server that cannot read its disk', query('58030'), OutageError],
  ['a server that only follows since a failover', query('25006'), OutageError],
  ['an embedded database that is closed', new Error('PGlite is closed'), OutageError],
  ['a value that the schema forbids', query('23514'), RefusedValueError],
] as const)('%s is mapped to an error of the domain', async (_what, error, kind) => {
  const store = mapErrors({ find: () => Promise.reject(error) });
  await expect(store.find()).rejects.toThrow(kind);
  await expect(store.find()).rejects.toMatchObject({ cause: error });
});

test.each([query('42703'), broken])('%s is rethrown unchanged', async (error) => {
  const store = mapErrors({ find: () => Promise.reject(error) });
  await expect(store.find()).rejects.toBe(error);
});
