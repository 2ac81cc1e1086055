import {
  ENERGY_LIMIT,
  ENERGY_MIN,
  HEALER_GOLD,
  MATERIAL_GOLD,
  STACK_LIMIT,
  costs,
  skillEffects,
  worldSkillUses,
} from '../../resources/numbers/exploration.ts';
import { START_LOCATION } from '../../resources/numbers/account.ts';
import { type PlaceId, materialIds, materials, places } from '../../resources/numbers/places.ts';
import { nearestSafe } from '../../domains/exploration/places.ts';
import { encounterSchema, placeSchema } from '../../domains/inventory/travel.ts';
import type { Earned, GrantRow, JourneyRow } from './earned.ts';
import { type Violation, violation } from './violation.ts';

/** Place, encounter, energy and materials against the grants of the steps that led there. */
export function worldViolations(earned: Earned): Violation[] {
  const { charId, row, grants } = earned;
  const wrong = (invariant: Violation['invariant']) => (what: string) =>
    violation(invariant, `character ${charId} ${what}`);
  if (row === null)
    return grants.length === 0
      ? []
      : [wrong('every place reached by steps')('has grants and no journey')];
  return [
    ...placeDetails(row, earned).map(wrong('every place reached by steps')),
    ...encounterDetails(row, earned).map(wrong('every encounter fought once')),
    ...energyDetails(row, earned).map(wrong('all energy counted')),
    ...[...materialDetails(earned), ...healerDetails(earned)].map(wrong('all materials counted')),
  ];
}

function placeDetails(row: JourneyRow, { charId, grants }: Earned): string[] {
  const { location_id: location, prev_location_id: prev } = row;
  const here = placeSchema.safeParse(location);
  const before = placeSchema.nullable().safeParse(prev);
  if (!here.success || !before.success)
    return [`is in ${location} and came from ${String(prev)}, which are no places`];
  const from = before.data;
  const isStep = from === null ? here.data === START_LOCATION : canLead(from, here.data);
  const prefix = `seen:${charId}:`;
  const granted = grants.flatMap(({ id }) =>
    id.startsWith(prefix) ? id.slice(prefix.length) : [],
  );
  const seen = JSON.stringify(row.seen);
  const isAsGranted = isSameSet(row.seen, granted);
  return [
    ...(isStep ? [] : [`is in ${location}, which is no step from ${String(prev)}`]),
    ...(isAsGranted ? [] : [`has seen ${seen}, and was granted ${JSON.stringify(granted)}`]),
  ];
}

/** By a step, or by a defeat. */
function canLead(from: PlaceId, to: PlaceId): boolean {
  return places[from].exits.includes(to) || nearestSafe(from) === to;
}

function isSameSet(stored: unknown, granted: readonly string[]): boolean {
  return Array.isArray(stored) && String(stored.toSorted()) === String(granted.toSorted());
}

/** An encounter is in a place where its monster lives, and ends with its battle. */
function encounterDetails({ encounter, location_id }: JourneyRow, { grants }: Earned): string[] {
  if (encounter === null) return [];
  const met = encounterSchema.safeParse(encounter);
  if (!met.success) return [`has met ${JSON.stringify(encounter)}`];
  const { id, monster } = met.data;
  const place = placeSchema.safeParse(location_id);
  const lives = place.success && livesIn(place.data, monster);
  const isFought = grants.some((one) => one.id.startsWith(`battle:${id}:`));
  return [
    ...(lives ? [] : [`has met a ${monster} in ${location_id}`]),
    ...(isFought ? [`has fought ${id}, and meets it again`] : []),
  ];
}

function livesIn(id: PlaceId, monster: string): boolean {
  const place = places[id];
  if (place.kind === 'safe') return false;
  return [...place.monsters, place.boss].some((one) => one === monster);
}

const grantCosts: Readonly<Record<string, number>> = {
  go: costs.wildStep,
  search: costs.search,
  gather: costs.gather,
  rest: costs.rest,
};

/** Nothing is granted for avoiding, running and defeats: what they took is not counted here. */
function energyCostOf({ id }: GrantRow): number {
  const [kind = '', , place] = id.split(':');
  if (kind !== 'seen') return grantCosts[kind] ?? 0;
  const to = placeSchema.safeParse(place);
  return to.success && places[to.data].kind === 'wild' ? costs.wildStep : 0;
}

/** Each point that came back has moved `energy_at` on; it begins with the first point that is spent. */
function energyDetails({ energy, energy_at }: JourneyRow, { grants }: Earned): string[] {
  const paid = grants.filter((one) => energyCostOf(one) > 0);
  const spent = paid.reduce((sum, one) => sum + energyCostOf(one), 0);
  const firstMs = Math.min(...paid.map(({ created_at }) => created_at.getTime()));
  const came = Math.max(0, Math.ceil((energy_at.getTime() - firstMs) / (ENERGY_MIN * 60_000)));
  const most = ENERGY_LIMIT + (paid.length === 0 ? 0 : came);
  const isPossible = energy >= 0 && energy <= ENERGY_LIMIT && spent + energy <= most;
  return isPossible ? [] : [`has ${energy} energy after ${spent} spent of at most ${most}`];
}

/** What was given is there, or sold for its price. */
function materialDetails({ grants, stacks }: Earned): string[] {
  const known = materialIds.map((kind) => {
    const given = grants.reduce((sum, one) => sum + (one.contents.materials[kind] ?? 0), 0);
    return { kind, given, left: stacks[kind] ?? 0 };
  });
  const sold = known.reduce(
    (sum, { kind, given, left }) => sum + MATERIAL_GOLD * materials[kind].tier * (given - left),
    0,
  );
  const sales = grants.filter(({ id }) => id.startsWith('materials:'));
  const paid = sales.reduce((sum, one) => sum + one.contents.gold, 0);
  const isPaid = paid >= sold && paid <= Math.floor((sold * BEST_PERCENT) / 100);
  // What is above the limit of a stack is lost.
  const isCapped = known.some(({ given }) => given > STACK_LIMIT);
  return [
    ...known
      .filter(({ given, left }) => left < 0 || left > Math.min(given, STACK_LIMIT))
      .map(({ kind, given, left }) => `has ${left} ${kind} of ${given} given`),
    ...(isPaid || isCapped ? [] : [`was paid ${paid} gold for materials worth ${sold}`]),
  ];
}

/** With the most skill in trade. */
const BEST_PERCENT = 100 + skillEffects.trade * worldSkillUses.length;

function healerDetails({ wallet }: Earned): string[] {
  return wallet
    .filter(
      ({ reason, gold, scrap }) => reason === 'heal' && (gold !== -HEALER_GOLD || scrap !== 0),
    )
    .map(({ ref, gold, scrap }) => `paid the healer ${-gold} gold and ${-scrap} scrap at ${ref}`);
}
