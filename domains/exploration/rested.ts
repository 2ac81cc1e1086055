import {
  ENERGY_LIMIT,
  ENERGY_MIN,
  HEALING_PERCENT_A_MIN,
} from '../../resources/numbers/exploration.ts';
import { type Stats, type VitalName, vitalNameSchema } from '../account/account-context.ts';
import { healed } from '../account/vitals.ts';
import type { Travel } from '../inventory/travel.ts';

const MINUTE_MS = 60_000;
const ENERGY_MS = ENERGY_MIN * MINUTE_MS;
const PERCENT_MS = MINUTE_MS / HEALING_PERCENT_A_MIN;

export const vitalNames = vitalNameSchema.options;

type Energy = Pick<Travel, 'energy' | 'energyAtMs'>;

/** With what has come back since it was stored. */
export function energyAt({ energy, energyAtMs }: Energy, nowMs: number): number {
  return Math.min(ENERGY_LIMIT, energy + wholeParts(energyAtMs, nowMs, ENERGY_MS));
}

/** Null: there is not enough. What was on its way to the next point is kept. */
export function spent(travel: Energy, cost: number, nowMs: number): Energy | null {
  const energy = energyAt(travel, nowMs);
  if (energy < cost) return null;
  const { energyAtMs } = travel;
  const gained = wholeParts(energyAtMs, nowMs, ENERGY_MS);
  const isFull = energy === ENERGY_LIMIT;
  return {
    energy: energy - cost,
    energyAtMs: isFull ? Math.max(energyAtMs, nowMs) : energyAtMs + gained * ENERGY_MS,
  };
}

/** When the last point comes; null: it is full. */
export function energyFullAtMs(travel: Energy, nowMs: number): number | null {
  const energy = energyAt(travel, nowMs);
  if (energy === ENERGY_LIMIT) return null;
  const gained = wholeParts(travel.energyAtMs, nowMs, ENERGY_MS);
  return travel.energyAtMs + (gained + ENERGY_LIMIT - energy) * ENERGY_MS;
}

/** Percent of each vital that have come back since the last step. */
export function restedPercent({ restedAtMs }: Pick<Travel, 'restedAtMs'>, nowMs: number): number {
  return Math.min(100, wholeParts(restedAtMs, nowMs, PERCENT_MS));
}

/** Until when the vitals are rested once these percent are given: the part of a minute is kept. */
export function restedUntil({ restedAtMs }: Pick<Travel, 'restedAtMs'>, nowMs: number): number {
  const parts = wholeParts(restedAtMs, nowMs, PERCENT_MS);
  return parts >= 100 ? nowMs : restedAtMs + parts * PERCENT_MS;
}

/** So many points of each vital. */
export function pointsOf(stats: Stats, percent: number): Readonly<Record<VitalName, number>> {
  const of = (name: VitalName) => Math.floor((stats[name].max * percent) / 100);
  return { hp: of('hp'), mp: of('mp'), stamina: of('stamina') };
}

export function healedStats(stats: Stats, percent: number): Stats {
  const points = pointsOf(stats, percent);
  return {
    hp: healed(stats.hp, points.hp),
    mp: healed(stats.mp, points.mp),
    stamina: healed(stats.stamina, points.stamina),
  };
}

export function isHealthy(stats: Stats): boolean {
  return vitalNames.every((name) => stats[name].cur >= stats[name].max);
}

/** None while the clock of another process is ahead. */
function wholeParts(fromMs: number, toMs: number, partMs: number): number {
  return Math.max(0, Math.floor((toMs - fromMs) / partMs));
}
