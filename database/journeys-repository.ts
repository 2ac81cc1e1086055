import { type SQL, and, asc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { characterSheet } from '../domains/account/character-sheet.ts';
import { noGear } from '../domains/account/account-context.ts';
import type { Clock } from '../domains/core/clock.ts';
import { NewerRecordError } from '../domains/core/newer-record-error.ts';
import { itemKindSchema, itemSchema } from '../domains/inventory/item.ts';
import {
  type Change,
  type Earnings,
  type Journey,
  PURCHASES_READ,
  changesSession,
  earningsAfter,
  gearOf,
  itemsAfter,
  newJourney,
} from '../domains/inventory/journey.ts';
import type {
  Decision,
  GrantContents,
  JourneyStore,
  StepReply,
  StoredGrant,
  TimeSpan,
} from '../domains/inventory/journey-store.ts';
import {
  type Travel,
  encounterSchema,
  materialIds,
  monsterIdSchema,
  newTravel,
  placeSchema,
} from '../domains/inventory/travel.ts';
import {
  type Stories,
  endedStorySchema,
  noStories,
  storedStorySession,
} from '../domains/inventory/story-session.ts';
import { characterOf } from './characters-repository.ts';
import type { Database } from './database.ts';
import { grants, journeys } from './schema-journeys.ts';
import { characters } from './schema.ts';
import { writeChanges } from './write-changes.ts';

const storedItemsSchema = z.array(itemSchema);
const purchasesSchema = z.array(z.string());
const usesSchema = z.record(z.string(), z.int());
/** Without what only a later release knows. */
export const stacksSchema = z
  .record(z.string(), z.int())
  .transform((all) =>
    Object.fromEntries(materialIds.flatMap((kind) => (all[kind] ? [[kind, all[kind]]] : []))),
  );
const contentsSchema = z.looseObject({
  xp: z.int(),
  gold: z.int(),
  scrap: z.int(),
  items: z.array(itemKindSchema),
  materials: stacksSchema.default({}),
  wild: z
    .strictObject({ monster: monsterIdSchema, result: z.enum(['won', 'drawn', 'lost']) })
    .nullable()
    .default(null),
  note: z.string().nullable().default(null),
  newLevel: z.int().nullable().default(null),
});
const storedGrantSchema = z.object({
  uses: usesSchema,
  note: z.string().nullable().default(null),
  battle: z
    .strictObject({ result: z.enum(['won', 'drawn', 'lost']), isShadow: z.boolean() })
    .nullable()
    .default(null),
});

export interface JourneysDeps {
  readonly db: Database;
  readonly clock: Clock;
}

/** Of a character, under whose lock everything here is written. */
export class SqlJourneys implements JourneyStore {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: JourneysDeps) {
    this.#db = db;
    this.#clock = clock;
  }

  async read(charId: number): Promise<Earnings | null> {
    const [row] = await this.#db.select().from(characters).where(alive(charId));
    return row === undefined ? null : earningsOf(this.#db, row);
  }

  async step<Refusal>(
    charId: number,
    decide: (earnings: Earnings) => Decision<Refusal>,
  ): Promise<StepReply<Refusal>> {
    return this.#db.transaction(async (tx) => {
      const locked = tx.select().from(characters).where(alive(charId)).for('no key update');
      const [row] = await locked;
      if (row === undefined) return { kind: 'missing' };
      const earnings = await earningsOf(tx, row);
      const decision = decide(earnings);
      if (decision.kind === 'refused') return { ...decision, earnings };
      const { change } = decision;
      const written = await write(tx, { earnings, change, atMs: this.#clock.now() });
      return { kind: 'changed', earnings: written };
    });
  }

  async findGrant(id: string): Promise<GrantContents | null> {
    const [row] = await this.#db.select().from(grants).where(eq(grants.id, id));
    return row === undefined ? null : contentsSchema.parse(row.contents);
  }

  async grantsBetween(charId: number, { fromMs, toMs }: TimeSpan): Promise<readonly StoredGrant[]> {
    const { id, contents, character_id, created_at } = grants;
    const isWithin = and(gte(created_at, new Date(fromMs)), lt(created_at, new Date(toMs)));
    const rows = await this.#db
      .select({ id, contents })
      .from(grants)
      .where(and(eq(character_id, charId), isWithin))
      .orderBy(asc(created_at), asc(id));
    return rows.map((row) => ({ id: row.id, ...storedGrantSchema.parse(row.contents) }));
  }
}

function alive(charId: number): SQL | undefined {
  return and(eq(characters.id, charId), isNull(characters.deleted_at));
}

/** Without the fields that only the archive of items needs. */
const itemJson = sql<unknown>`(select coalesce(json_agg(json_build_object('id', i.id,
  'template', i.template, 'rarity', i.rarity, 'affixes', i.affixes, 'place', i.place, 'slot', i.slot,
  'locked', i.locked) order by i.id), '[]') from items i
  where i.character_id = ${characters.id} and i.gone_at is null)`;
const usesJson = sql<unknown>`(select coalesce(json_object_agg(p.skill, p.uses), '{}')
  from skill_progress p where p.character_id = ${characters.id})`;
export const stacksJson = sql<unknown>`(select coalesce(json_object_agg(s.kind, s.amount), '{}')
  from stacks s where s.character_id = ${characters.id})`;
/** The index of the transactions has them in this order: a ref begins with its day. */
const purchasesJson = sql<unknown>`(select coalesce(json_agg(b.ref), '[]') from (
  select w.ref from wallet_transactions w where w.character_id = ${characters.id} and w.reason = 'buy'
  order by w.ref desc limit ${PURCHASES_READ}) b)`;

/** In a statement of its own, after the lock: it sees what the last holder of the lock has written. */
async function earningsOf(db: Database, row: typeof characters.$inferSelect): Promise<Earnings> {
  const [found] = await db
    .select({
      journey: journeys,
      items: itemJson,
      uses: usesJson,
      stacks: stacksJson,
      purchases: purchasesJson,
    })
    .from(characters)
    .leftJoin(journeys, eq(journeys.character_id, characters.id))
    .where(eq(characters.id, row.id));
  const character = characterOf(row);
  const { archetype, ownAttributes, skills } = characterSheet(character);
  return {
    charId: row.id,
    userId: row.user_id,
    archetype,
    attributes: ownAttributes,
    skills,
    loadout: character.loadout ?? null,
    gear: character.gear ?? noGear,
    journey: journeyOf(found?.journey ?? null),
    items: storedItemsSchema.parse(found?.items),
    stacks: stacksSchema.parse(found?.stacks),
    uses: usesSchema.parse(found?.uses),
    purchases: purchasesSchema.parse(found?.purchases),
  };
}

export function journeyOf(row: typeof journeys.$inferSelect | null): Journey {
  if (row === null) return newJourney;
  const { version, level, xp, points, gold, scrap } = row;
  return {
    version,
    level,
    xp,
    points,
    gold,
    scrap,
    travel: travelOf(row),
    stories: storiesOf(row),
  };
}

const seenSchema = z.array(z.string());
const locationSchema = placeSchema.catch(newTravel.location);
const previousSchema = placeSchema.nullable().catch(null);
const storedEncounterSchema = encounterSchema.nullable().catch(null);

/** A place or a monster that only a later release knows is read as the start, and as nobody. */
function travelOf(row: typeof journeys.$inferSelect): Travel {
  return {
    location: locationSchema.parse(row.location_id),
    prev: previousSchema.parse(row.prev_location_id),
    energy: row.energy,
    energyAtMs: row.energy_at.getTime(),
    restedAtMs: row.rested_at.getTime(),
    encounter: storedEncounterSchema.parse(row.encounter),
    seen: seenSchema.parse(row.seen),
    dry: row.dry,
    bossDay: row.boss_day,
  };
}

const endedSchema = z.record(z.string(), endedStorySchema).catch(noStories.ended);

/** A story that only a later release can read is read as none. */
function storiesOf({ scenario, stories }: typeof journeys.$inferSelect): Stories {
  const ended = endedSchema.parse(stories);
  if (scenario === null) return { session: null, ended };
  try {
    return { session: storedStorySession.safeParse(scenario).data ?? null, ended };
  } catch (error) {
    if (!(error instanceof NewerRecordError)) throw error;
    return { session: null, ended };
  }
}

/** Writes what changed; answers everything as it is afterwards. */
async function write(
  tx: Database,
  { earnings, change, atMs }: { earnings: Earnings; change: Change; atMs: number },
): Promise<Earnings> {
  const granted = await writeChanges(tx, [{ ...earnings, change, atMs }]);
  const after = {
    ...earningsAfter(earnings, change),
    items: [...itemsAfter(earnings.items, change), ...granted],
  };
  if (!changesSession(change)) return after;
  const gear = gearOf(after.items, after.journey.version);
  const { attributes, skills, loadout } = after;
  await tx
    .update(characters)
    .set({ attributes, skills, loadout, gear, updated_at: sql`now()` })
    .where(eq(characters.id, after.charId));
  return { ...after, gear };
}
