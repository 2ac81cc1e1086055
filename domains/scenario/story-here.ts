import type { PlaceId } from '../../resources/numbers/places.ts';
import type { Stories, StorySession } from '../inventory/story-session.ts';
import { type Beginning, canBegin } from './can-begin.ts';
import type { Scenario } from './scenario.ts';
import { type ScenarioKey, scenarioKeys, scenarios } from './scenarios.ts';

/** What a place shows of stories. */
export type StoryHere =
  /** Set aside, wherever the character is. */
  | { readonly kind: 'paused'; readonly key: ScenarioKey; readonly seq: number }
  | {
      readonly kind: 'offered';
      readonly key: ScenarioKey;
      readonly beginning: Exclude<Beginning, 'not_here' | 'done'>;
      readonly minutes: number;
      /** The level that it asks for. */
      readonly level: number;
    };

export interface HereFacts {
  readonly place: PlaceId;
  readonly level: number;
  readonly stories: Stories;
  readonly nowMs: number;
}

export interface KnownStory {
  readonly key: ScenarioKey;
  readonly scenario: Scenario;
  readonly session: StorySession;
}

/** Null: none, or one that only another release knows. */
export function knownStory({ session }: Stories): KnownStory | null {
  const key = scenarioKeys.find((one) => one === session?.key);
  if (session === null || key === undefined) return null;
  return { key, scenario: scenarios[key], session };
}

/** Whether the character is in a story, which is not set aside. */
export function isInStory(stories: Stories): boolean {
  return knownStory(stories)?.session.paused === false;
}

export function storyHere({ place, level, stories, nowMs }: HereFacts): StoryHere | null {
  const known = knownStory(stories);
  if (known !== null) return { kind: 'paused', key: known.key, seq: known.session.seq };
  for (const key of scenarioKeys) {
    const endedAtMs = stories.ended[key]?.endedAtMs ?? null;
    const scenario = scenarios[key];
    const beginning = canBegin(scenario, { place, level, endedAtMs, nowMs });
    if (beginning === 'not_here' || beginning === 'done') continue;
    const { minutes, needs } = scenario;
    return { kind: 'offered', key, beginning, minutes, level: needs.level ?? 1 };
  }
  return null;
}
