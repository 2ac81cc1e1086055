import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { SqlCharacterRecords } from '../../database/character-records.ts';
import { battleSides } from '../../database/schema.ts';
import { battleWon } from '../support/archived-battles.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { openHandlers } from '../support/open-handlers.ts';

const folder = fileURLToPath(new URL('../../database/migrations/', import.meta.url));

describeOnEachDatabase('records of old battles', (database) => {
  test.each(['W', 'L', 'D', 'WWW', 'WLL', 'LLW', 'WWD', 'DDW', 'WDWW', 'LWLWL'])(
    'the migration counts %s as the handler does',
    async (fought) => {
      const { db } = database();
      const { archive, recordOf } = await openHandlers(db);
      for (const [n, letter] of Array.from(fought).entries()) {
        const battle = battleWon(n, letter === 'L' ? [2, 1] : [1, 2]);
        const [first, second] = battle.sides;
        const [one, other] = [{ ...first, result: 'drawn' } as const, second];
        const drawn = { ...battle, sides: [one, { ...other, result: 'drawn' }] } as const;
        await archive.store(letter === 'D' ? { ...drawn, sides: [...drawn.sides] } : battle);
      }
      const counted = [await recordOf(1), await recordOf(2)];
      await db.execute(sql`truncate character_records`);
      await db.execute(sql.raw(backfill()));
      expect([await recordOf(1), await recordOf(2)]).toEqual(counted);
    },
  );

  test('the migration skips Shadows and unknown characters', async () => {
    const { db } = database();
    const { recordOf } = await openHandlers(db);
    const archive = new SqlBattleArchive(db);
    for (const n of [1, 2, 3]) await archive.store(battleWon(n, [1, 77]));
    await db
      .update(battleSides)
      .set({ character_id: null, user_id: null })
      .where(sql`battle_id = ${battleWon(2).id} and side = 1`);
    await db.execute(sql.raw(backfill()));
    expect(await recordOf(1)).toEqual({ won: 2, lost: 0, drawn: 0, streak: 2 });
    expect((await new SqlCharacterRecords(db).recordOf(77)).lost).toBe(0);
  });
});

/** The statement of the migration that fills the table. */
function backfill(): string {
  const file = readdirSync(folder).find((name) => name.endsWith('battle_handlers.sql'));
  const statements = readFileSync(`${folder}${file ?? ''}`, 'utf8').split(
    '--> statement-breakpoint',
  );
  return statements.at(-1) ?? '';
}
