import type { StorySession } from '../inventory/story-session.ts';
import type { CheckResult } from './check.ts';
import type { Gains } from './gains.ts';
import type { Raise } from './points.ts';
import type { Choice } from './scenario.ts';

export const storyRefusals = [
  /** The button is of an older screen: nothing has changed. */
  'stale',
  'paused',
  /** The story waits for something else: see `session.waits`. */
  'waits',
  /** There is no such choice, or it is not open. */
  'closed',
  /** These points cannot be distributed so. */
  'points',
  /** This scenario cannot be skipped. */
  'no_skip',
] as const;
export type StoryRefusal = (typeof storyRefusals)[number];

export interface StoryRefused {
  readonly kind: 'refused';
  readonly reason: StoryRefusal;
}

/** The story has entered a node. `session.waits` says what comes next. */
export interface StoryMoved {
  readonly kind: 'moved';
  readonly session: StorySession;
  readonly gains: Gains;
  /** What decided the way; null: no check. */
  readonly check: CheckResult | null;
}

export type StoryStep =
  | StoryMoved
  /** A battle has to be fought; `battleEnded` goes on. */
  | {
      readonly kind: 'battle';
      readonly session: StorySession;
      readonly monster: Extract<Choice, { battle: unknown }>['battle'];
    }
  | StoryRefused;

export type RaiseStep =
  { readonly kind: 'raised'; readonly session: StorySession; readonly raise: Raise } | StoryRefused;

export type SkipStep =
  | {
      readonly kind: 'skipped';
      readonly session: StorySession;
      readonly gains: Gains;
      readonly raise: Raise;
    }
  | StoryRefused;
