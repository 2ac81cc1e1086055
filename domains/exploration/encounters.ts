import {
  NOTICE_BASE,
  NOTICE_PER_TIER,
  SEARCH_ENCOUNTER_PERCENT,
  skillEffects,
  stepEncounters,
} from '../../resources/numbers/exploration.ts';
import { monsterNumbers } from '../../resources/numbers/monsters.ts';
import { type PlaceId, places } from '../../resources/numbers/places.ts';
import type { Monster } from '../combat/wild-battles.ts';
import { dayOf } from '../core/day.ts';
import type { Earnings } from '../inventory/journey.ts';
import { type Draw, drawnOf } from '../inventory/roll-item.ts';
import type { Encounter, Travel } from '../inventory/travel.ts';
import { skillLevel } from './world-skills.ts';

export type Walker = Pick<Earnings, 'attributes' | 'gear' | 'uses'>;

export interface Roll {
  readonly draw: Draw;
  readonly walker: Walker;
  /** For the encounter and its battle. */
  readonly id: string;
  readonly nowMs: number;
}

/** Whom a step into a place meets, and who comes while somebody gathers there; null: nobody. */
export function metInPlace(roll: Roll, to: PlaceId): Encounter | null {
  const place = places[to];
  if (place.kind === 'safe' || roll.draw(100) >= stepEncounters[place.tier]) return null;
  return encounterWith(roll, drawnOf(roll.draw, place.monsters));
}

/** Whom a search meets; the boss of a place is met once a day, and then for certain. */
export function metBySearch(
  roll: Roll,
  travel: Pick<Travel, 'location' | 'bossDay'>,
): Encounter | null {
  const { draw, walker, nowMs } = roll;
  const place = places[travel.location];
  if (place.kind === 'safe') return null;
  const boss = bossOf(travel, nowMs);
  if (boss !== null) return encounterWith(roll, boss);
  const percent = SEARCH_ENCOUNTER_PERCENT + skillEffects.search * skillLevel(walker, 'scouting');
  if (draw(100) >= percent) return null;
  return encounterWith(roll, drawnOf(draw, place.monsters));
}

/** The boss of the place, unless it was fought today. */
export function bossOf(
  { location, bossDay }: Pick<Travel, 'location' | 'bossDay'>,
  nowMs: number,
): Monster | null {
  const place = places[location];
  if (place.kind === 'safe' || place.boss === undefined) return null;
  return bossDay === dayOf(nowMs) ? null : place.boss;
}

export function isBoss(monster: Monster): boolean {
  return monsterNumbers[monster].tier === 4;
}

function encounterWith({ draw, walker, id, nowMs }: Roll, monster: Monster): Encounter {
  const noticed = throwToNotice(draw, walker) >= noticeLimit(monster);
  return { id, monster, noticed, examined: false, atMs: nowMs };
}

function throwToNotice(draw: Draw, walker: Walker): number {
  const { attributes, gear } = walker;
  const perception = attributes.perception + (gear.bonus.perception ?? 0);
  const skill = skillEffects.notice * skillLevel(walker, 'scouting');
  return draw(20) + 1 + perception / 2 + skill;
}

function noticeLimit(monster: Monster): number {
  return NOTICE_BASE + NOTICE_PER_TIER * monsterNumbers[monster].tier;
}
