import { type SQL, eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { SqlCharactersRepository } from '../../database/characters-repository.ts';
import { characters, users } from '../../database/schema.ts';
import { describeCharacters } from '../support/characters-contract.ts';
import { type DatabaseUnderTest, describeOnEachDatabase } from '../support/database-engines.ts';

const createdAt = '2026-01-01T00:00:00.000Z';
const location_id = 'start_village';

describeOnEachDatabase('characters', (database) => {
  describeCharacters(() => new SqlCharactersRepository(database().db));

  describe('several processes', () => {
    test('twenty concurrent createShell calls create one shell; four in turn get four slots', async () => {
      const { db } = database();
      const kindsOfRound = async () => {
        const shell = { userId: 7, createdAt, limit: 4 };
        const tries = Array.from({ length: 20 }, (_, n) => of(database(), n).createShell(shell));
        const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
        await db.update(characters).set({ archetype: 'mystic', ...named(sql`'x' || id`) });
        return kinds;
      };
      for (let round = 1; round <= 4; round += 1) {
        const kinds = await kindsOfRound();
        expect(kinds.filter((kind) => kind === 'created')).toHaveLength(1);
        expect(kinds.filter((kind) => kind === 'unfinished')).toHaveLength(19);
      }
      expect(new Set(await kindsOfRound())).toEqual(new Set(['full']));
      const slots = await db.select({ slot: characters.slot }).from(characters);
      expect(slots.map(({ slot }) => slot).toSorted()).toEqual([1, 2, 3, 4]);
    });

    test('concurrent setName calls give a name to one character', async () => {
      const ids = [await shellOf(database(), 1), await shellOf(database(), 2)];
      for (const name of ['Anna', 'Bella', 'Clara', 'Daria', 'Emma']) {
        const replies = await Promise.all(
          ids.map((id, n) => of(database(), n).setName(id, n === 0 ? name : name.toUpperCase())),
        );
        expect(replies.toSorted()).toEqual(['named', 'taken']);
      }
    });

    test('see the changes of each other', async () => {
      const id = await shellOf(database(), 1);
      await of(database(), 0).update(id, { archetype: 'mystic' });
      expect((await of(database(), 1).find(id))?.archetype).toBe('mystic');
    });
  });

  describe('the schema', () => {
    test('refuses a fifth character', async () => {
      const { db } = database();
      await db.insert(users).values({ id: 7 });
      const row = { user_id: 7, location_id };
      await db.insert(characters).values([1, 2, 3, 4].map((slot) => ({ ...row, slot })));
      for (const slot of [0, 4, 5]) {
        const constraint = slot === 4 ? 'characters_slot' : 'characters_slot_known';
        await expect(db.insert(characters).values({ ...row, slot })).rejects.toMatchObject({
          cause: { constraint },
        });
      }
    });

    test('refuses a duplicate name, a name without its key and a missing owner', async () => {
      const { db } = database();
      await db.insert(users).values({ id: 7 });
      const named = { user_id: 7, location_id, name: 'Bobby', name_key: 'bobby' };
      await db.insert(characters).values({ ...named, slot: 1 });
      for (const [constraint, change] of Object.entries({
        characters_name_key: {},
        characters_name_has_key: { name_key: null },
        characters_user_id_users_id_fk: { name: null, name_key: null, user_id: 8 },
      })) {
        await expect(
          db.insert(characters).values({ ...named, slot: 2, ...change }),
        ).rejects.toMatchObject({ cause: { constraint } });
      }
    });

    test.each(['attributes', 'skills', 'vitals_snapshot'] as const)(
      'refuses %s that are not an object and accepts null',
      async (column) => {
        const { db } = database();
        const id = await shellOf(database(), 1);
        const constraint = `characters_${column === 'vitals_snapshot' ? 'vitals' : column}_object`;
        for (const wrong of ['[]', '7', 'null', '"object"']) {
          const put = sql`update characters set ${sql.identifier(column)} = ${wrong}::jsonb`;
          await expect(db.execute(put)).rejects.toMatchObject({ cause: { constraint } });
        }
        await db.execute(sql`update characters set ${sql.identifier(column)} = null`);
        expect(await of(database(), 0).find(id)).not.toBeNull();
      },
    );

    test('derives the stage and keeps names of deleted characters', async () => {
      const { db } = database();
      const repository = of(database(), 0);
      const id = await shellOf(database(), 1);
      const stage = async () => {
        const [row] = await db.select().from(characters).where(eq(characters.id, id));
        return [row?.stage, row?.name, row?.deleted_at === null];
      };
      expect(await stage()).toEqual(['shell', null, true]);
      await repository.setName(id, 'Bobby');
      expect(await stage()).toEqual(['shell', 'Bobby', true]);
      await repository.update(id, { archetype: 'mystic' });
      expect(await stage()).toEqual(['ready', 'Bobby', true]);
      await repository.delete(id);
      expect(await stage()).toEqual(['ready', 'Bobby', false]);
    });
  });
});

function of({ db, others }: DatabaseUnderTest, n: number): SqlCharactersRepository {
  return new SqlCharactersRepository([db, ...others][n % 4] ?? db);
}

function named(name: SQL) {
  return { name, name_key: name };
}

async function shellOf(database: DatabaseUnderTest, userId: number): Promise<number> {
  const made = await of(database, 0).createShell({ userId, createdAt, limit: 4 });
  if (made.kind !== 'created') throw new Error('No character was made');
  return made.character.character_id;
}
