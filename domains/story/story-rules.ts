import type { PlaceId } from '../../resources/numbers/places.ts';
import { storyBattleId } from '../combat/wild-battles.ts';
import { restedUntil } from '../exploration/rested.ts';
import { isSeen } from '../exploration/world-rules.ts';
import { type WorldSkill, skillLevel } from '../exploration/world-skills.ts';
import { worldSkills } from '../../resources/numbers/exploration.ts';
import { type Change, type Earnings, type PlacedGrant, placedGrant } from '../inventory/journey.ts';
import type { StorySession } from '../inventory/story-session.ts';
import type { Travel } from '../inventory/travel.ts';
import { canBegin } from '../scenario/can-begin.ts';
import type { CheckResult } from '../scenario/check.ts';
import type { Hero } from '../scenario/condition.ts';
import type { Gains } from '../scenario/gains.ts';
import type { Raise } from '../scenario/points.ts';
import { type ScenarioKey, scenarios } from '../scenario/scenarios.ts';
import * as engine from '../scenario/session.ts';
import { heroOf, raisedAttributes, storyGrant } from '../scenario/story-grant.ts';
import { type KnownStory, knownStory } from '../scenario/story-here.ts';
import type { StoryNo, StepOutcome } from './story-reply.ts';

/** What differs from tap to tap. */
export interface Tap {
  readonly nowMs: number;
  /** For a battle. */
  readonly id: string;
}

export type StoryDecision =
  | { readonly kind: 'change'; readonly change: Change; readonly outcome: StepOutcome }
  | { readonly kind: 'refused'; readonly reason: StoryNo };

export type StoryRule = (earnings: Earnings, tap: Tap) => StoryDecision;

/** The story that the character is in; one that this release has changed is put where it can go on. */
export function storyOf({ journey }: Pick<Earnings, 'journey'>): KnownStory | null {
  const known = knownStory(journey.stories);
  if (known === null) return null;
  return { ...known, session: engine.repaired(known.scenario, known.session) };
}

/** Null without an archetype. */
export function heroIn(earnings: Earnings): Hero | null {
  const levels: Partial<Record<WorldSkill, number>> = {};
  for (const skill of worldSkills) levels[skill] = skillLevel(earnings, skill);
  return heroOf(earnings, levels);
}

export const begin =
  (key: ScenarioKey, version: number): StoryRule =>
  (earnings, tap) => {
    const { charId, journey } = earnings;
    const { level, travel, stories } = journey;
    if (journey.version !== version) return refusal('stale');
    if (stories.session !== null) return refusal('other');
    if (travel.encounter !== null) return refusal('encounter');
    const { endedAtMs = null, runs = 0 } = stories.ended[key] ?? {};
    const facts = { place: travel.location, level, endedAtMs, nowMs: tap.nowMs };
    const beginning = canBegin(scenarios[key], facts);
    if (beginning !== 'open') return refusal(beginning);
    const begun = engine.begin(scenarios[key], { run: runs + 1, seed: `${charId}:${key}` });
    // Above every earlier run, so that no button of one fits.
    const session = { ...begun.session, seq: version + 1 };
    return moved(earnings, tap, { ...begun, key, session });
  };

export const choose =
  ({ key, seq, index }: { readonly key: ScenarioKey; seq: number; index: number }): StoryRule =>
  (earnings, tap) =>
    inStory(earnings, ({ scenario, session, hero, ...story }) => {
      if (key !== story.key) return refusal('stale');
      const step = engine.advance(scenario, session, { seq, choice: index, hero });
      if (step.kind === 'refused') return step;
      if (step.kind === 'moved') return moved(earnings, tap, { key, ...step });
      const waits = { for: 'battle', choice: index, id: storyBattleId(tap.id) } as const;
      return moved(earnings, tap, { key, session: { ...step.session, waits } });
    });

/** Goes on once the battle is over. */
export const goOn: StoryRule = (earnings, tap) =>
  inStory(earnings, ({ key, scenario, session }) => {
    const { waits } = session;
    if (waits.for !== 'battle' || waits.won === undefined) return refusal('waits');
    const step = engine.battleEnded(scenario, session, { won: waits.won });
    return step.kind === 'refused' ? step : moved(earnings, tap, { key, ...step });
  });

/** `own`: the player's distribution; null: the proposal. */
export const takePoints =
  (seq: number, own: Raise | null): StoryRule =>
  (earnings, tap) =>
    inStory(earnings, ({ key, session, hero }) => {
      const step = engine.takePoints(session, { seq, own, hero });
      return step.kind === 'refused' ? step : moved(earnings, tap, { key, ...step });
    });

export const skip =
  (seq: number): StoryRule =>
  (earnings, tap) =>
    inStory(earnings, ({ key, scenario, session, hero }) => {
      const step = engine.skip(scenario, session, { seq, hero });
      return step.kind === 'refused' ? step : moved(earnings, tap, { key, ...step });
    });

/** `seq`: null sets aside whatever is on the screen. */
export const pause =
  (seq: number | null): StoryRule =>
  (earnings, tap) =>
    inStory(earnings, ({ key, session }) => {
      if (seq !== null && seq !== session.seq) return refusal('stale');
      if (session.paused) return refusal('paused');
      return moved(earnings, tap, { key, session: engine.pause(session) });
    });

export const resume =
  (seq: number): StoryRule =>
  (earnings, tap) =>
    inStory(earnings, ({ key, session }) => {
      if (seq !== session.seq || !session.paused) return refusal('stale');
      if (earnings.journey.travel.encounter !== null) return refusal('encounter');
      return moved(earnings, tap, { key, session: engine.resume(session) });
    });

function inStory(
  earnings: Earnings,
  decide: (story: KnownStory & { readonly hero: Hero }) => StoryDecision,
): StoryDecision {
  const story = storyOf(earnings);
  const hero = heroIn(earnings);
  return story === null || hero === null ? refusal('none') : decide({ ...story, hero });
}

interface Step {
  readonly key: ScenarioKey;
  readonly session: StorySession;
  readonly gains?: Gains;
  readonly check?: CheckResult | null;
  readonly raise?: Raise;
}

function moved(earnings: Earnings, { nowMs }: Tap, step: Step): StoryDecision {
  const { key, session, gains = null, check = null, raise = {} } = step;
  const { attributes, journey } = earnings;
  const grant = gains === null ? null : grantOf(earnings, gains, session);
  const isRaised = Object.keys(raise).length > 0;
  const change: Change = {
    ...(grant === null ? {} : { grants: [grant] }),
    ...(isRaised ? { attributes: raisedAttributes(attributes, raise) } : {}),
    travel: travelAfter(journey.travel, gains?.goTo ?? null, nowMs),
    stories: storiesAfter(earnings, session, nowMs),
  };
  const outcome = { key, session, check, health: gains?.health ?? 0, raise, grant };
  return { kind: 'change', change, outcome };
}

function grantOf(
  { charId, archetype, items }: Earnings,
  gains: Gains,
  session: StorySession,
): PlacedGrant | null {
  if (archetype === null) return null;
  const grant = storyGrant(gains, { charId, archetype, session });
  return grant === null ? null : placedGrant(grant, items);
}

/** What has come back of the vitals counts as given. */
function travelAfter(travel: Travel, goTo: PlaceId | null, nowMs: number): Partial<Travel> {
  const restedAtMs = restedUntil(travel, nowMs);
  if (goTo === null || goTo === travel.location) return { restedAtMs };
  const seen = isSeen(travel, goTo) ? travel.seen : [...travel.seen, goTo];
  return { restedAtMs, location: goTo, prev: travel.location, seen };
}

function storiesAfter(
  { journey }: Earnings,
  session: StorySession,
  nowMs: number,
): Change['stories'] & object {
  if (session.waits.for !== 'nothing') return { session };
  const { ended } = journey.stories;
  const { key, run: runs } = session;
  return { session: null, ended: { ...ended, [key]: { endedAtMs: nowMs, runs } } };
}

function refusal(reason: StoryNo): StoryDecision {
  return { kind: 'refused', reason };
}
