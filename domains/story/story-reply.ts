import type { Earnings, PlacedGrant } from '../inventory/journey.ts';
import type { StorySession } from '../inventory/story-session.ts';
import type { Beginning } from '../scenario/can-begin.ts';
import type { CheckResult } from '../scenario/check.ts';
import type { Hero } from '../scenario/condition.ts';
import type { Raise } from '../scenario/points.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ScenarioKey } from '../scenario/scenarios.ts';
import type { StoryRefusal } from '../scenario/story-step.ts';

/** Why a tap on a story changes nothing. */
export type StoryNo =
  | StoryRefusal
  | Exclude<Beginning, 'open'>
  /** The character is in no story. */
  | 'none'
  /** Another story was begun and has not ended. */
  | 'other'
  /** A monster is in the way. */
  | 'encounter'
  /** The battle is over, and its result is being stored. */
  | 'ended';

/** A story as its screen shows it. */
export interface StoryView {
  readonly key: ScenarioKey;
  readonly scenario: Scenario;
  readonly session: StorySession;
  readonly hero: Hero;
}

/** What a step of a story does, beside what is stored. */
export interface StepOutcome {
  readonly key: ScenarioKey;
  /** As it is afterwards; `waits.for` is `nothing` at the end. */
  readonly session: StorySession;
  readonly check: CheckResult | null;
  /** Percent of the full health. */
  readonly health: number;
  readonly raise: Raise;
  /** What was given; null: nothing. */
  readonly grant: PlacedGrant | null;
}

/** What a step has done. */
export interface StoryDone extends StepOutcome {
  readonly before: Earnings;
  readonly after: Earnings;
  /** Points of health that were won or, below zero, lost. */
  readonly points: number;
}

/**
 * `busy`: in a queue, a match or a battle. `unavailable`: the database is away. `draining`: no battle begins,
 * for an operator drains the arena.
 */
export type NoStory = { readonly kind: 'busy' | 'unavailable' | 'missing' | 'draining' };

export type StoryReply =
  /** `done`: what the step has done; null: the tap has changed nothing. */
  | { readonly kind: 'shown'; readonly view: StoryView; readonly done: StoryDone | null }
  | { readonly kind: 'over'; readonly done: StoryDone }
  /** The battle of the story is on. */
  | { readonly kind: 'fights' }
  | { readonly kind: 'refused'; readonly reason: StoryNo }
  | NoStory;
