import { chapel } from '../../resources/scenarios/chapel.ts';
import { mill } from '../../resources/scenarios/mill.ts';
import { prologue } from '../../resources/scenarios/prologue.ts';
import type { Scenario } from './scenario.ts';

export const scenarioKeys = ['prologue', 'mill', 'chapel'] as const;
export type ScenarioKey = (typeof scenarioKeys)[number];

/** Every story that can be played. `checkScenarios` proves them when the bot starts. */
export const scenarios: Readonly<Record<ScenarioKey, Scenario>> = { prologue, mill, chapel };

/** Null: a later release stored it, or an earlier one. */
export function scenarioOf(key: string): Scenario | null {
  const known = scenarioKeys.find((one) => one === key);
  return known === undefined ? null : scenarios[known];
}
