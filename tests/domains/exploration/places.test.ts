import { describe, expect, test } from 'vitest';
import { type PlaceMap, checkPlaces, nearestSafe } from '../../../domains/exploration/places.ts';
import { type PlaceId, placeIds, places } from '../../../resources/numbers/places.ts';

/** The map with other numbers of one place. */
function mapWith(id: PlaceId, change: object): PlaceMap {
  return { ...places, [id]: { ...places[id], ...change } };
}

test('the map of the world has no fault', () => {
  expect(() => {
    checkPlaces();
  }).not.toThrow();
});

describe('checkPlaces refuses to start with', () => {
  test.each<[string, PlaceMap, string]>([
    [
      'a way that leads one way only',
      mapWith('wolf_hollow', { exits: [] }),
      'wolf_hollow has no way to dark_forest',
    ],
    [
      'a place that cannot be reached',
      { ...mapWith('wolf_hollow', { exits: [] }), ...without('dark_forest', 'wolf_hollow') },
      'wolf_hollow cannot be reached from start_village',
    ],
    [
      'a wild place that is far from safety',
      mapWith('watchtower', { ...wild, tier: 3, monsters: ['revenant'] }),
      'titan_stair is more than 2 steps from a safe place',
    ],
    ['a monster of another tier', mapWith('quarry', { tier: 1 }), 'quarry has tier 1, its bandit'],
    ['no monsters', mapWith('quarry', { monsters: [] }), 'quarry has no monsters'],
    [
      'a boss that is none',
      mapWith('titan_stair', { boss: 'gate_knight' }),
      'titan_stair has a weak boss',
    ],
    [
      'a way to itself',
      mapWith('quarry', { exits: ['quarry', ...places.quarry.exits] }),
      'quarry leads to itself',
    ],
    [
      'an exit twice',
      mapWith('quarry', { exits: ['hill_road', ...places.quarry.exits] }),
      'quarry names an exit twice',
    ],
  ])('%s, and names it', (_, map, fault) => {
    expect(() => {
      checkPlaces(map);
    }).toThrow(fault);
  });
});

const wild = {
  kind: 'wild',
  gather: [],
  exits: ['hill_road', 'dark_forest', 'ash_fields', 'broken_gate'],
};

function without(id: PlaceId, exit: PlaceId): Partial<PlaceMap> {
  return { [id]: { ...places[id], exits: places[id].exits.filter((one) => one !== exit) } };
}

test.each<[PlaceId, PlaceId]>([
  ['river_ford', 'start_village'],
  ['wolf_hollow', 'watchtower'],
  ['sunken_chapel', 'start_village'],
  ['titan_stair', 'watchtower'],
  ['quarry', 'arena_city'],
  ['crossroads', 'crossroads'],
])('a defeat at %s leads to %s', (from, to) => {
  expect(nearestSafe(from)).toBe(to);
});

test('the nearest safe place is safe, from everywhere', () => {
  for (const id of placeIds) expect(places[nearestSafe(id)].kind).toBe('safe');
});
