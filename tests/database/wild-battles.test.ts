import { expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { battleRatings } from '../../database/schema-ratings.ts';
import { leaverPauses } from '../../database/schema-fair-play.ts';
import { grants } from '../../database/schema-journeys.ts';
import { achievements, characterCounts } from '../../database/schema-profile.ts';
import {
  battleSides,
  battles,
  characterRecords,
  characters,
  pendingHandlers,
  users,
} from '../../database/schema.ts';
import { FixedClock } from '../support/clock.ts';
import { wildBattle } from '../support/archived-battles.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnEachDatabase('a battle against a monster', (database) => {
  test.each(['rat', 'titan_guard'] as const)(
    'with a %s is stored, and pays once, and has none of the effects of a battle of the arena',
    async (monster) => {
      const { db } = database();
      await db.insert(users).values({ id: 1001 });
      await db.insert(characters).values({ id: 1, user_id: 1001, slot: 1, location_id: 'inn' });
      const { battles: archive } = repositoriesOn(db, silentLog, new FixedClock());
      const battle = wildBattle(monster);
      expect(await archive.store(battle)).toBe('stored');
      expect(await archive.store(battle)).toBe('known');
      expect([await db.$count(battles), await db.$count(battleSides)]).toEqual([1, 2]);
      const effects = [characterRecords, battleRatings, leaverPauses, characterCounts];
      for (const table of [...effects, achievements, pendingHandlers])
        expect(await db.$count(table)).toBe(0);
      expect(await db.$count(grants)).toBe(1);
      const rows = await db.select().from(battleSides).orderBy(battleSides.side);
      expect(rows.map((row) => row.monster)).toEqual([null, monster]);
    },
  );
});
