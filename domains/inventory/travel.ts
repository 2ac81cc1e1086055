import { z } from 'zod';
import { ENERGY_LIMIT } from '../../resources/numbers/exploration.ts';
import { monsterIds } from '../../resources/numbers/monsters.ts';
import { type PlaceId, materialIds, placeIds } from '../../resources/numbers/places.ts';
import { START_LOCATION } from '../../resources/numbers/account.ts';

export { materialIds };
export const monsterIdSchema = z.enum(monsterIds);

/** A monster that a character has met and not dealt with yet. */
export const encounterSchema = z.strictObject({
  /** Also of the battle. */
  id: z.string(),
  monster: monsterIdSchema,
  /** In time; otherwise it is an ambush. */
  noticed: z.boolean(),
  /** Whether the character has looked closer. */
  examined: z.boolean(),
  atMs: z.int(),
});
export type Encounter = Readonly<z.infer<typeof encounterSchema>>;

export const placeSchema = z.enum(placeIds);

/** Where a character is in the world, and how rested. */
export interface Travel {
  readonly location: PlaceId;
  readonly prev: PlaceId | null;
  /** As of `energyAtMs`; more comes with time. */
  readonly energy: number;
  readonly energyAtMs: number;
  /** Vitals come back from then on. */
  readonly restedAtMs: number;
  readonly encounter: Encounter | null;
  /** Places that were visited, without the first one. */
  readonly seen: readonly string[];
  /** Wins in a row without an item. */
  readonly dry: number;
  /** The UTC day on which the boss was fought last. */
  readonly bossDay: number | null;
}

export const newTravel: Travel = {
  location: START_LOCATION,
  prev: null,
  energy: ENERGY_LIMIT,
  energyAtMs: 0,
  restedAtMs: 0,
  encounter: null,
  seen: [],
  dry: 0,
  bossDay: null,
};
