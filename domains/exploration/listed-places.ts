import { type PlaceId, placeIds, places } from '../../resources/numbers/places.ts';

/** The places of the map, in the order of its numbers: where the character has been, and the next ones. */
export function listedPlaces(seen: readonly PlaceId[]): PlaceId[] {
  const isHeardOf = (id: PlaceId) => places[id].exits.some((exit) => seen.includes(exit));
  return placeIds.filter((id) => seen.includes(id) || isHeardOf(id));
}
