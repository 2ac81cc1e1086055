import { ENERGY_LIMIT, costs, loreLevels } from '../../resources/numbers/exploration.ts';
import { monsterNumbers } from '../../resources/numbers/monsters.ts';
import { type PlaceId, placeIds, places } from '../../resources/numbers/places.ts';
import type { Stats } from '../account/account-context.ts';
import type { Earnings } from '../inventory/journey.ts';
import { isInStory, storyHere } from '../scenario/story-here.ts';
import { monsterSheet } from '../combat/monster.ts';
import type { Encounter, Travel } from '../inventory/travel.ts';
import { bossOf } from './encounters.ts';
import { gatheredKinds, goldFor } from './materials.ts';
import { energyAt, energyFullAtMs } from './rested.ts';
import { tierOf } from './places.ts';
import type {
  EncounterView,
  EnergyView,
  Exit,
  KnownMonster,
  WorldDone,
  WorldEvent,
  WorldView,
} from './world-reply.ts';
import { healerGold, isSeen, neededLevel, offers, restPercent, stepCost } from './world-rules.ts';
import { risenSkills, skillLevel, skillViews } from './world-skills.ts';

/** `vitals`: as of now. */
export function worldView(earnings: Earnings, vitals: Stats, nowMs: number): WorldView {
  const { version, level, gold, travel, stories } = earnings.journey;
  const { location, prev } = travel;
  const place = places[location];
  return {
    version,
    nowMs,
    place: location,
    prev,
    vitals,
    level,
    gold,
    tier: tierOf(location),
    offers: place.kind === 'safe' ? place.offers : [],
    seen: placeIds.filter((id) => isSeen(travel, id)),
    exits: place.exits.map((to) => exitTo(to, earnings)),
    energy: energyView(travel, nowMs),
    encounter: travel.encounter === null ? null : encounterView(travel.encounter, earnings),
    ...possible(earnings, nowMs),
    materials: earnings.stacks,
    skills: skillViews(earnings),
    isInStory: isInStory(stories),
    story: storyHere({ place: location, level, stories, nowMs }),
  };
}

/** What can be done in the place, whatever energy there is. */
function possible(
  earnings: Earnings,
  nowMs: number,
): Pick<WorldView, 'search' | 'gather' | 'rest' | 'healer' | 'materialsGold'> {
  const { travel } = earnings.journey;
  const place = places[travel.location];
  if (place.kind === 'safe')
    return {
      search: null,
      gather: null,
      rest: { cost: costs.rest, percent: restPercent(earnings) },
      healer: offers(travel.location, 'healer') ? { gold: healerGold(earnings.journey) } : null,
      materialsGold: offers(travel.location, 'shop') ? goldFor(earnings.stacks, earnings) : null,
    };
  const kinds = gatheredKinds(place.gather, earnings);
  return {
    search: { cost: costs.search, boss: bossOf(travel, nowMs) },
    gather: kinds.length === 0 ? null : { cost: costs.gather, kinds },
    rest: null,
    healer: null,
    materialsGold: null,
  };
}

function exitTo(to: PlaceId, { journey: { level, travel } }: Earnings): Exit {
  const needed = neededLevel(to);
  return {
    to,
    cost: stepCost(to),
    tier: tierOf(to),
    needsLevel: needed > level ? needed : null,
    isSeen: isSeen(travel, to),
  };
}

function energyView(travel: Travel, nowMs: number): EnergyView {
  return {
    now: energyAt(travel, nowMs),
    limit: ENERGY_LIMIT,
    fullAtMs: energyFullAtMs(travel, nowMs),
  };
}

function encounterView(
  { id, monster, noticed, examined }: Encounter,
  earnings: Earnings,
): EncounterView {
  const escapeCost = noticed ? costs.avoid : costs.run;
  return {
    id,
    monster,
    noticed,
    escapeCost,
    tier: monsterNumbers[monster].tier,
    known: examined ? knownOf(monster, skillLevel(earnings, 'lore')) : null,
  };
}

function knownOf(monster: Encounter['monster'], lore: number): KnownMonster {
  const { habit, techniques } = monsterNumbers[monster];
  return {
    health: monsterSheet(monster).stats.hp.max,
    habit: lore >= loreLevels.habit ? habit : null,
    techniques: lore >= loreLevels.techniques ? techniques : null,
  };
}

/** What a step has done, beside its event. */
export function worldDone(event: WorldEvent, before: Earnings, after: Earnings): WorldDone {
  const { level } = after.journey;
  return {
    event,
    newLevel: level > before.journey.level ? level : null,
    newSkills: risenSkills(before, after),
  };
}
