import {
  DISCOVERY_XP,
  HEALER_GOLD,
  HEALER_PAID_LEVEL,
  REST_PERCENT,
  costs,
  skillEffects,
  tierLevels,
} from '../../resources/numbers/exploration.ts';
import { START_LOCATION } from '../../resources/numbers/account.ts';
import { type PlaceId, type PlaceOffer, places } from '../../resources/numbers/places.ts';
import type { Stats } from '../account/account-context.ts';
import { dayOf } from '../core/day.ts';
import {
  type Change,
  type Earnings,
  type Grant,
  type PlacedGrant,
  placedGrant,
} from '../inventory/journey.ts';
import type { Decision } from '../inventory/journey-store.ts';
import { seededDraw } from '../inventory/seeded-draw.ts';
import type { Travel } from '../inventory/travel.ts';
import { isInStory } from '../scenario/story-here.ts';
import { isBoss, metBySearch, metInPlace } from './encounters.ts';
import { gathered, goldFor, hasAny } from './materials.ts';
import { isHealthy, restedUntil, spent } from './rested.ts';
import type { WorldRefusal } from './world-reply.ts';
import { type WorldSkill, skillLevel } from './world-skills.ts';

/** What differs from tap to tap. */
export interface Tap {
  readonly nowMs: number;
  /** For an encounter, and its battle. */
  readonly id: string;
  /** As of now, with what has come back since the last step. */
  readonly vitals: Stats;
}

export type WorldRule = (earnings: Earnings, tap: Tap) => Decision<WorldRefusal>;

/** Refuses a tap on a screen that shows an older version. What has come back of the vitals counts as given. */
export function worldStep(rule: WorldRule, version: number, tap: Tap) {
  return (earnings: Earnings): Decision<WorldRefusal> => {
    const { journey } = earnings;
    if (journey.version !== version) return refusal('stale');
    if (isInStory(journey.stories)) return refusal('story');
    const decision = rule(earnings, tap);
    if (decision.kind === 'refused') return decision;
    const restedAtMs = restedUntil(journey.travel, tap.nowMs);
    const travel = { restedAtMs, ...decision.change.travel };
    return { kind: 'change', change: { ...decision.change, travel } };
  };
}

export const go =
  (to: PlaceId): WorldRule =>
  (earnings, tap) => {
    const { level, travel } = earnings.journey;
    if (travel.encounter !== null) return refusal('encounter');
    if (!places[travel.location].exits.includes(to)) return refusal('no_exit');
    if (neededLevel(to) > level) return refusal('level');
    const energy = spent(travel, stepCost(to), tap.nowMs);
    if (energy === null) return refusal('tired');
    const encounter = metInPlace({ ...tap, draw: drawFor('go', earnings), walker: earnings }, to);
    const seen = isSeen(travel, to) ? travel.seen : [...travel.seen, to];
    const moved = { ...energy, location: to, prev: travel.location, encounter, seen };
    return changed({ grants: walkGrants(earnings, to), travel: moved });
  };

export const search: WorldRule = (earnings, tap) => {
  const { travel } = earnings.journey;
  if (travel.encounter !== null) return refusal('encounter');
  if (places[travel.location].kind === 'safe') return refusal('not_here');
  const energy = spent(travel, costs.search, tap.nowMs);
  if (energy === null) return refusal('tired');
  const encounter = metBySearch(
    { ...tap, draw: drawFor('search', earnings), walker: earnings },
    travel,
  );
  return changed({
    grants: [grantOf(earnings, 'search', { uses: { scouting: 1 } })],
    travel: { ...energy, encounter },
  });
};

/** Without the risk nothing would pay as well for so little time. */
export const gather: WorldRule = (earnings, tap) => {
  const { travel } = earnings.journey;
  if (travel.encounter !== null) return refusal('encounter');
  const place = places[travel.location];
  if (place.kind === 'safe' || place.gather.length === 0) return refusal('not_here');
  const energy = spent(travel, costs.gather, tap.nowMs);
  if (energy === null) return refusal('tired');
  const draw = drawFor('gather', earnings);
  const materials = gathered(draw, place.gather, earnings);
  const grant = grantOf(earnings, 'gather', { materials, uses: { gathering: 1 } });
  const encounter = metInPlace({ ...tap, draw, walker: earnings }, travel.location);
  return changed({ grants: [grant], travel: { ...energy, encounter } });
};

/** The vitals come after the commit, see `restPercent`. */
export const rest: WorldRule = (earnings, { nowMs, vitals }) => {
  const { travel } = earnings.journey;
  if (travel.encounter !== null) return refusal('encounter');
  if (places[travel.location].kind !== 'safe') return refusal('not_here');
  if (isHealthy(vitals)) return refusal('healthy');
  const energy = spent(travel, costs.rest, nowMs);
  if (energy === null) return refusal('tired');
  return changed({
    grants: [grantOf(earnings, 'rest', { uses: { survival: 1 } })],
    travel: energy,
  });
};

export const heal: WorldRule = ({ journey }, { vitals }) => {
  const { travel, version, gold } = journey;
  if (travel.encounter !== null) return refusal('encounter');
  if (!offers(travel.location, 'healer')) return refusal('not_here');
  if (isHealthy(vitals)) return refusal('healthy');
  const price = healerGold(journey);
  if (gold < price) return refusal('poor');
  return changed({
    wallet: [{ reason: 'heal', ref: String(version), gold: -price, scrap: 0 }],
  });
};

export const avoid: WorldRule = ({ journey: { travel } }, { nowMs }) => {
  if (travel.encounter === null) return refusal('no_encounter');
  if (!travel.encounter.noticed) return refusal('ambush');
  return escaped(travel, costs.avoid, nowMs);
};

export const run: WorldRule = ({ journey: { travel } }, { nowMs }) => {
  if (travel.encounter === null) return refusal('no_encounter');
  if (travel.encounter.noticed) return refusal('noticed');
  return escaped(travel, costs.run, nowMs);
};

export const examine: WorldRule = (earnings) => {
  const { encounter } = earnings.journey.travel;
  if (encounter === null) return refusal('no_encounter');
  if (!encounter.noticed) return refusal('ambush');
  if (encounter.examined) return refusal('examined');
  return changed({
    grants: [grantOf(earnings, 'examine', { uses: { lore: 1 } })],
    travel: { encounter: { ...encounter, examined: true } },
  });
};

/** The battle begins after the commit; the encounter stays until it is stored. */
export const fight: WorldRule = ({ journey: { travel } }, { nowMs }) => {
  const { encounter } = travel;
  if (encounter === null) return refusal('no_encounter');
  return changed({ travel: isBoss(encounter.monster) ? { bossDay: dayOf(nowMs) } : {} });
};

export const sellMaterials: WorldRule = (earnings) => {
  const { stacks, journey } = earnings;
  if (journey.travel.encounter !== null) return refusal('encounter');
  if (!offers(journey.travel.location, 'shop')) return refusal('not_here');
  if (!hasAny(stacks)) return refusal('no_materials');
  const gold = goldFor(stacks, earnings);
  return changed({
    grants: [grantOf(earnings, 'materials', { gold, uses: { trade: 1 } })],
    spent: stacks,
  });
};

export function stepCost(to: PlaceId): number {
  return places[to].kind === 'safe' ? 0 : costs.wildStep;
}

export function neededLevel(to: PlaceId): number {
  const place = places[to];
  return place.kind === 'safe' ? 1 : tierLevels[place.tier];
}

export function isSeen({ seen }: Pick<Travel, 'seen'>, place: PlaceId): boolean {
  return place === START_LOCATION || seen.includes(place);
}

export function offers(id: PlaceId, offer: PlaceOffer): boolean {
  const place = places[id];
  return place.kind === 'safe' && place.offers.includes(offer);
}

export function healerGold({ level }: Pick<Earnings['journey'], 'level'>): number {
  return level < HEALER_PAID_LEVEL ? 0 : HEALER_GOLD;
}

export function restPercent(earnings: Pick<Earnings, 'uses'>): number {
  return REST_PERCENT + skillEffects.rest * skillLevel(earnings, 'survival');
}

/** A first visit is granted once; every other step into the wild only counts. */
function walkGrants(earnings: Earnings, to: PlaceId): readonly PlacedGrant[] {
  const { charId, journey } = earnings;
  const uses = places[to].kind === 'wild' ? { scouting: 1 } : {};
  if (isSeen(journey.travel, to))
    return places[to].kind === 'wild' ? [grantOf(earnings, 'go', { uses })] : [];
  const grant = { id: `seen:${charId}:${to}`, xp: DISCOVERY_XP, gold: 0, items: [], uses };
  return [placedGrant(grant, [])];
}

function escaped(travel: Travel, cost: number, nowMs: number): Decision<WorldRefusal> {
  const energy = spent(travel, cost, nowMs);
  if (energy === null) return refusal('tired');
  return changed({ travel: { ...energy, encounter: null } });
}

type Given = Partial<Pick<Grant, 'gold' | 'materials'>> & {
  readonly uses: Readonly<Partial<Record<WorldSkill, number>>>;
};

/** Each version makes one step, so its number names what the step gives. */
function grantOf({ charId, journey }: Earnings, kind: string, given: Given) {
  const id = `${kind}:${charId}:${journey.version}`;
  return placedGrant({ id, xp: 0, gold: 0, items: [], ...given }, []);
}

/** The same for a step that is decided again. */
function drawFor(kind: string, { charId, journey }: Earnings) {
  return seededDraw(`${kind}:${charId}:${journey.version}`);
}

function changed(change: Change): Decision<WorldRefusal> {
  return { kind: 'change', change };
}

function refusal(reason: WorldRefusal): Decision<WorldRefusal> {
  return { kind: 'refused', reason };
}
