import { type SQL, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ArchivedBattle } from '../domains/combat/battle-archive.ts';
import {
  type WildFacts,
  type WildReward,
  WILD_SIDE,
  monsterOf,
  wildGrantId,
  wildRewardsHandler,
} from '../domains/exploration/wild-rewards.ts';
import { type HandlerRows, storedHandler } from './battle-handlers.ts';
import { journeyOf, stacksJson, stacksSchema } from './journeys-repository.ts';
import { journeys } from './schema-journeys.ts';
import { characters } from './schema.ts';
import { writeChanges } from './write-changes.ts';

const placesSchema = z.array(z.object({ place: z.enum(['bag', 'worn', 'chest']) }));

const rows: HandlerRows<WildFacts | null, WildReward | null> = {
  read: async (tx, ended) => {
    const { charId } = ended.sides[WILD_SIDE];
    if (charId === null || monsterOf(ended) === null) return null;
    const [found] = await tx
      .select({
        charId: characters.id,
        archetype: characters.archetype,
        journey: journeys,
        stacks: stacksJson,
        items: itemPlaces,
        isGranted: isGranted(ended),
      })
      .from(characters)
      .leftJoin(journeys, eq(journeys.character_id, characters.id))
      .where(inArray(characters.id, [charId]));
    if (found === undefined) return null;
    const { journey, stacks, items, ...facts } = found;
    return {
      ...facts,
      journey: journeyOf(journey),
      stacks: stacksSchema.parse(stacks),
      items: placesSchema.parse(items),
    };
  },
  write: async (tx, reward) => {
    if (reward !== null) await writeChanges(tx, [reward]);
  },
};

export const wildRewards = storedHandler(wildRewardsHandler, rows);

const itemPlaces = sql<unknown>`(select coalesce(json_agg(json_build_object('place', i.place)), '[]')
  from items i where i.character_id = ${characters.id} and i.gone_at is null)`;

function isGranted({ id }: ArchivedBattle): SQL<boolean> {
  return sql`exists (select 1 from grants g where g.id = ${wildGrantId(id)})`;
}
