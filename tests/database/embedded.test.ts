import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { openEmbedded } from '../../database/embedded.ts';
import { fillWithPglite } from '../support/pglite-template.ts';
import { silentLog } from '../support/silent-log.ts';

test('the embedded database lets other work run between two queries', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'arena-embedded-'));
  await fillWithPglite(join(dataDir, 'pglite'));
  const database = await openEmbedded(dataDir, { log: silentLog });
  onTestFinished(async () => {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  for (let queries = 0; queries < 20; queries += 1) await database.db.execute(sql`select 1`);
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(20);
}, 60_000);
