import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { listCopies } from '../../database/embedded-copies.ts';
import { openEmbedded } from '../../database/embedded.ts';
import { users } from '../../database/schema.ts';
import { newFolder, openAndRead } from '../support/embedded-folder.ts';
import { fillWithPglite } from '../support/pglite-template.ts';
import { repetitions } from '../support/repetitions.ts';
import { silentLog } from '../support/silent-log.ts';

const LONG = 180_000;
const FIRST_COPY = Date.UTC(2026, 10, 1, 10);
const SECOND_COPY = Date.UTC(2026, 10, 1, 11);

let made = '';
/** The file of the table `users`, from the folder of the database. */
let usersFile = '';

/** Ann is in both copies, Bob in the second one, Cid in none. */
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'arena-made-'));
  await fillWithPglite(join(made, 'pglite'));
  const { db, copies, close } = await openEmbedded(made, { log: silentLog });
  const add = (id: number, name: string) => db.insert(users).values({ id, first_name: name });
  await add(1, 'Ann');
  await copies?.add(FIRST_COPY);
  await add(2, 'Bob');
  await copies?.add(SECOND_COPY);
  await add(3, 'Cid');
  const { rows } = z
    .object({ rows: z.array(z.object({ file: z.string() })) })
    .parse(await db.execute(sql`select pg_relation_filepath('users') as file`));
  usersFile = rows[0]?.file ?? '';
  await close();
  return () => {
    rmSync(made, { recursive: true });
  };
}, LONG);

/** A folder of its own with the same contents. */
function copyOfMade(): string {
  const folder = newFolder();
  cpSync(made, folder, { recursive: true });
  return folder;
}

const garbage = (bytes: number) => Buffer.alloc(bytes, 'no page of a database');

const damages: Readonly<Record<string, (files: string) => void>> = {
  'with a truncated table': (files) => {
    truncateSync(join(files, usersFile), 0);
  },
  'without PG_VERSION': (files) => {
    rmSync(join(files, 'PG_VERSION'));
  },
  'without anything': (files) => {
    rmSync(files, { recursive: true });
  },
  'with a page of a table overwritten': (files) => {
    writeFileSync(join(files, usersFile), garbage(8192));
  },
  'with half a pg_control': (files) => {
    truncateSync(join(files, 'global/pg_control'), 100);
  },
  'without its write-ahead log': (files) => {
    rmSync(join(files, 'pg_wal'), { recursive: true });
  },
};

describe('an embedded database', () => {
  test('that is whole opens as it is', async () => {
    expect(await openAndRead(copyOfMade())).toEqual({ names: ['Ann', 'Bob', 'Cid'], errors: [] });
  });

  test.each(Object.keys(damages).slice(0, repetitions({ short: 1, full: 6 })))(
    '%s is replaced by its newest copy and kept aside',
    async (title) => {
      const folder = copyOfMade();
      damages[title]?.(join(folder, 'pglite'));
      const { names, errors } = await openAndRead(folder);
      expect(names).toEqual(['Ann', 'Bob']);
      expect(errors).toMatchObject([
        {
          facts: { folder, copyFrom: '2026-11-01T11:00:00.000Z' },
          message: 'broken database replaced by its newest good copy, later changes are lost',
        },
      ]);
      const aside = readdirSync(folder).filter((name) => name.startsWith('pglite.'));
      expect(aside).toHaveLength(title === 'without anything' ? 0 : 1);
    },
    LONG,
  );

  test(
    'is replaced by an older copy if the newest one is truncated',
    async () => {
      const folder = copyOfMade();
      rmSync(join(folder, 'pglite/global'), { recursive: true });
      truncateSync(listCopies(folder)[0]?.file ?? '', 100_000);
      expect((await openAndRead(folder)).names).toEqual(['Ann']);
    },
    LONG,
  );

  test(
    'that is broken and has no good copy is refused and left as it is',
    async () => {
      const folder = copyOfMade();
      rmSync(join(folder, 'pglite/PG_VERSION'));
      for (const { file } of listCopies(folder)) writeFileSync(file, garbage(500));
      await expect(openAndRead(folder)).rejects.toThrow(
        /is broken .*none of its 2 copies can be used/,
      );
      expect(readdirSync(folder).toSorted()).toEqual(['copies', 'pglite']);
      expect(existsSync(join(folder, 'pglite/PG_VERSION'))).toBe(false);
    },
    LONG,
  );

  test(
    'keeps its last three copies, and makes none while nothing changes',
    async () => {
      const folder = copyOfMade();
      const { db, copies, close } = await openEmbedded(folder, { log: silentLog });
      const sizes = [await copies?.add(FIRST_COPY + 1e8), await copies?.add(FIRST_COPY + 2e8)];
      await db.insert(users).values({ id: 4 });
      sizes.push(await copies?.add(FIRST_COPY + 3e8));
      await close();
      expect(sizes).toEqual([expect.any(Number), null, expect.any(Number)]);
      const times = listCopies(folder).map(({ atMs }) => atMs);
      expect(times).toEqual([FIRST_COPY + 3e8, FIRST_COPY + 1e8, SECOND_COPY]);
      expect(readdirSync(join(folder, 'copies'))).toHaveLength(3);
    },
    LONG,
  );
});
