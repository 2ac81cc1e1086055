import { START_LOCATION } from '../../resources/numbers/account.ts';
import { monsterNumbers } from '../../resources/numbers/monsters.ts';
import {
  type PlaceId,
  type PlaceNumbers,
  STEPS_TO_SAFETY,
  placeIds,
  places,
} from '../../resources/numbers/places.ts';

export type PlaceMap = Readonly<Record<PlaceId, PlaceNumbers>>;

export type WildPlace = Extract<PlaceNumbers, { readonly kind: 'wild' }>;

/** 1 to 3; null: a safe place. */
export function tierOf(id: PlaceId): 1 | 2 | 3 | null {
  const place = places[id];
  return place.kind === 'safe' ? null : place.tier;
}

/** Of a location as a session has it; false for one that is not known. */
export function isWildPlace(location: string): boolean {
  const id = placeIds.find((one) => one === location);
  return id !== undefined && tierOf(id) !== null;
}

/** Where a defeat leads: the fewest steps away, and of several the first in the order of the exits. */
export function nearestSafe(from: PlaceId, map: PlaceMap = places): PlaceId {
  return reachedFrom(from, map).find(({ id }) => map[id].kind === 'safe')?.id ?? START_LOCATION;
}

/** Raises an error that names each place with its fault. To be called when the bot starts. */
export function checkPlaces(map: PlaceMap = places): void {
  const faults = placeFaults(map);
  if (faults.length > 0) throw new Error(`The map of the world is wrong: ${faults.join('; ')}`);
}

export function placeFaults(map: PlaceMap): string[] {
  const reached = new Set(reachedFrom(START_LOCATION, map).map(({ id }) => id));
  return placeIds.flatMap((id) => [
    ...exitFaults(id, map),
    ...(reached.has(id) ? [] : [`${id} cannot be reached from ${START_LOCATION}`]),
    ...wildFaults(id, map),
  ]);
}

function exitFaults(id: PlaceId, map: PlaceMap): string[] {
  const { exits } = map[id];
  return [
    ...exits.filter((to) => !map[to].exits.includes(id)).map((to) => `${to} has no way to ${id}`),
    ...(exits.includes(id) ? [`${id} leads to itself`] : []),
    ...(new Set(exits).size < exits.length ? [`${id} names an exit twice`] : []),
  ];
}

function wildFaults(id: PlaceId, map: PlaceMap): string[] {
  const place = map[id];
  if (place.kind === 'safe') return [];
  const safe = reachedFrom(id, map).find((one) => map[one.id].kind === 'safe');
  const isFar = safe === undefined || safe.steps > STEPS_TO_SAFETY;
  const { monsters, tier, boss } = place;
  const strangers = monsters.filter((one) => monsterNumbers[one].tier !== tier);
  return [
    ...(isFar ? [`${id} is more than ${STEPS_TO_SAFETY} steps from a safe place`] : []),
    ...(monsters.length === 0 ? [`${id} has no monsters`] : []),
    ...strangers.map((one) => `${id} has tier ${tier}, its ${one} has not`),
    ...(boss !== undefined && monsterNumbers[boss].tier !== 4 ? [`${id} has a weak boss`] : []),
  ];
}

interface Reached {
  readonly id: PlaceId;
  readonly steps: number;
}

/** Everything that can be reached, the nearest first, beginning with the place itself. */
function reachedFrom(from: PlaceId, map: PlaceMap): Reached[] {
  const reached: Reached[] = [{ id: from, steps: 0 }];
  // The list grows while it is read.
  for (const { id, steps } of reached)
    for (const to of map[id].exits)
      if (!reached.some((one) => one.id === to)) reached.push({ id: to, steps: steps + 1 });
  return reached;
}
