import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import { vitalsFor } from '../../domains/account/vitals.ts';

export interface OwnedCharacter {
  readonly userId: number;
  readonly charId: number;
}

export async function manyCharacters(db: Database, count: number): Promise<OwnedCharacter[]> {
  const { attributes } = archetypeNumbers.warrior;
  const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`;
  const skills = characterSheet({ archetype: 'warrior' }).skills;
  await db.execute(sql`
    insert into users (id, first_name, language)
    select 100000 + n, 'User', 'en' from generate_series(1, ${count}::int) n`);
  await db.execute(sql`
    insert into characters (id, user_id, slot, name, name_key, gender, archetype, location_id,
      attributes, skills, vitals_snapshot)
    select n, 100000 + n, 1, 'Fighter ' || n, 'fighter ' || n, 'female', 'warrior', 'start_village',
      ${json(attributes)}, ${json(skills)}, ${json(vitalsFor(attributes))}
    from generate_series(1, ${count}::int) n`);
  return Array.from({ length: count }, (_, index) => {
    return { userId: 100_001 + index, charId: index + 1 };
  });
}
