import type { TextKey } from '../../resources/texts/index.ts';
import type { AttributeName } from '../account/account-context.ts';
import { seededDraw } from '../inventory/seeded-draw.ts';
import { chanceOf, resultOf } from './check.ts';
import { type Hero, holds } from './condition.ts';
import { gainsOf } from './gains.ts';
import { type Raise, isAllowedRaise, proposedRaise } from './points.ts';
import {
  type Choice,
  type Effect,
  type Pool,
  type Scenario,
  type StoryNode,
  nodeOf,
  taggedNodes,
} from './scenario.ts';
import type { StorySession } from '../inventory/story-session.ts';
import type {
  RaiseStep,
  SkipStep,
  StoryMoved,
  StoryRefusal,
  StoryRefused,
  StoryStep,
} from './story-step.ts';

/** A choice as a button shows it. */
export interface OpenChoice {
  readonly index: number;
  readonly label: TextKey;
  /** In percent; null: it is no check. */
  readonly check: { readonly attribute: AttributeName; readonly chance: number } | null;
  readonly isBattle: boolean;
}

export interface Tap {
  /** Of the screen with the button. */
  readonly seq: number;
  readonly choice: number;
  readonly hero: Hero;
}

/** Enters the first node. `seed`: the same for each run of a character, such as their id and the key. */
export function begin(
  scenario: Scenario,
  { run, seed }: { readonly run: number; readonly seed: string },
): StoryMoved {
  const empty: StorySession = {
    schema: 1,
    key: scenario.key,
    run,
    node: scenario.start,
    seq: 0,
    weights: {},
    flags: {},
    visited: [],
    seed,
    paused: false,
    waits: { for: 'choice' },
  };
  return enter(scenario, empty, scenario.start);
}

/** The choices that are open now, by their index in the data. Empty while it waits for something else. */
export function openChoices(scenario: Scenario, session: StorySession, hero: Hero): OpenChoice[] {
  if (session.waits.for !== 'choice') return [];
  const node = nodeOf(scenario, session.node);
  if ('pool' in node) return [{ index: 0, label: node.pool.label, check: null, isBattle: false }];
  if (!('choices' in node)) return [];
  return node.choices.flatMap((choice, index) =>
    isOpen(choice, session, hero) ? [openChoice(choice, { index, hero })] : [],
  );
}

/** One tap on a choice. A repeated call with the same session gives the same. */
export function advance(
  scenario: Scenario,
  session: StorySession,
  { seq, choice: index, hero }: Tap,
): StoryStep {
  const refusal = refusalOf(session, seq, 'choice');
  if (refusal !== null) return refused(refusal);
  if (!openChoices(scenario, session, hero).some((one) => one.index === index))
    return refused('closed');
  const node = nodeOf(scenario, session.node);
  if ('pool' in node) return enter(scenario, session, picked(scenario, session, node.pool));
  return take(scenario, session, { choice: choiceAt(node, index), index, hero });
}

/** The battle that the session waits for is over; a draw is not won. */
export function battleEnded(
  scenario: Scenario,
  session: StorySession,
  { won }: { readonly won: boolean },
): StoryMoved | StoryRefused {
  if (session.waits.for !== 'battle') return refused('waits');
  const choice = choiceAt(nodeOf(scenario, session.node), session.waits.choice);
  if (!('battle' in choice)) return refused('waits');
  return enter(scenario, weighed(session, choice), won ? choice.won : choice.lost);
}

/** What the player is offered; null: there are no points to distribute. */
export function raiseOffer({ waits, weights }: StorySession, { archetype }: Hero): Raise | null {
  if (waits.for !== 'points') return null;
  return proposedRaise({ points: waits.points, archetype, weights });
}

/** `own`: the player's choice; null: the proposal. */
export function takePoints(
  session: StorySession,
  { seq, own, hero }: { readonly seq: number; readonly own: Raise | null; readonly hero: Hero },
): RaiseStep {
  const refusal = refusalOf(session, seq, 'points');
  if (refusal !== null) return refused(refusal);
  const raise = own ?? raiseOffer(session, hero);
  if (raise === null || !isAllowedRaise(raise, pointsOf(session))) return refused('points');
  return { kind: 'raised', session: ended(session), raise };
}

/** The session, or, if a later release has taken its place in the story away, one at the start. */
export function repaired(scenario: Scenario, session: StorySession): StorySession {
  const node = Object.hasOwn(scenario.nodes, session.node) ? scenario.nodes[session.node] : null;
  const { waits } = session;
  const isWhole =
    waits.for === 'battle'
      ? node != null && 'choices' in node && 'battle' in (node.choices[waits.choice] ?? {})
      : node != null && 'ends' in node === (waits.for !== 'choice');
  return isWhole ? session : enter(scenario, session, scenario.start).session;
}

export function pause(session: StorySession): StorySession {
  return { ...session, paused: true };
}

export function resume(session: StorySession): StorySession {
  return { ...session, paused: false };
}

/** Gives what the end gives, and the points that suit the archetype. */
export function skip(
  scenario: Scenario,
  session: StorySession,
  { seq, hero }: Pick<Tap, 'seq' | 'hero'>,
): SkipStep {
  if (scenario.skip === undefined) return refused('no_skip');
  const refusal = refusalOf(session, seq, 'choice');
  if (refusal !== null) return refused(refusal);
  const { session: atEnd, gains } = enter(scenario, session, scenario.skip);
  const { archetype } = hero;
  const points = pointsOf(atEnd);
  const raise = points === 0 ? {} : proposedRaise({ points, archetype });
  return { kind: 'skipped', session: ended(atEnd), gains, raise };
}

interface Taken {
  readonly choice: Choice;
  readonly index: number;
  readonly hero: Hero;
}

function take(
  scenario: Scenario,
  session: StorySession,
  { choice, index, hero }: Taken,
): StoryStep {
  const weighted = weighed(session, choice);
  if ('to' in choice) return enter(scenario, weighted, choice.to);
  if ('battle' in choice) {
    const waits = { for: 'battle', choice: index } as const;
    const waiting = { ...session, seq: session.seq + 1, waits };
    return { kind: 'battle', session: waiting, monster: choice.battle };
  }
  const check = resultOf(choice.check, hero, 1 + drawFor(session)(20));
  const entered = enter(scenario, weighted, check.passed ? choice.pass : choice.fail);
  return { ...entered, check };
}

function weighed(session: StorySession, { weight }: Choice): StorySession {
  return { ...session, weights: added(session.weights, weight) };
}

function enter(scenario: Scenario, session: StorySession, id: string): StoryMoved {
  const node = nodeOf(scenario, id);
  const effects = session.visited.includes(id) ? [] : (node.effects ?? []);
  const next: StorySession = {
    ...session,
    node: id,
    seq: session.seq + 1,
    visited: [...session.visited, id],
    paused: false,
    weights: effects.reduce(
      (sum, effect) => added(sum, 'weight' in effect ? effect.weight : {}),
      session.weights,
    ),
    flags: effects.reduce(flagsAfter, session.flags),
    waits: waitsAt(node, effects),
  };
  return { kind: 'moved', session: next, gains: gainsOf(id, effects), check: null };
}

function waitsAt(node: StoryNode, effects: readonly Effect[]): StorySession['waits'] {
  if (!('ends' in node)) return { for: 'choice' };
  const points = effects.reduce((sum, one) => sum + ('distribute' in one ? one.distribute : 0), 0);
  return points > 0 ? { for: 'points', points } : { for: 'nothing' };
}

function ended(session: StorySession): StorySession {
  return { ...session, seq: session.seq + 1, waits: { for: 'nothing' } };
}

function isOpen(choice: Choice, { node, visited, flags }: StorySession, hero: Hero): boolean {
  const visits = visited.filter((one) => one === node).length;
  if (choice.limit !== undefined && visits > choice.limit) return false;
  return choice.if === undefined || holds(choice.if, hero, flags);
}

function openChoice(
  choice: Choice,
  { index, hero }: { readonly index: number; readonly hero: Hero },
): OpenChoice {
  const check =
    'check' in choice
      ? { attribute: choice.check.attribute, chance: chanceOf(choice.check, hero) }
      : null;
  return { index, label: choice.label, check, isBattle: 'battle' in choice };
}

function picked(scenario: Scenario, session: StorySession, pool: Pool): string {
  const all = taggedNodes(scenario, pool.tag);
  const left = all.filter((id) => !session.visited.includes(id));
  if (left.length === 0) return pool.fallback;
  const at = pool.byTurns
    ? (seededDraw(session.seed)(left.length) + session.run) % left.length
    : drawFor(session)(left.length);
  return left[at] ?? pool.fallback;
}

function drawFor({ seed, run, seq }: StorySession): (sides: number) => number {
  return seededDraw(`${seed}:${run}:${seq}`);
}

function choiceAt(node: StoryNode, index: number): Choice {
  const choice = 'choices' in node ? node.choices[index] : undefined;
  if (choice === undefined) throw new RangeError(`the node has no choice ${index}`);
  return choice;
}

function flagsAfter(flags: StorySession['flags'], effect: Effect): StorySession['flags'] {
  if (!('flag' in effect)) return flags;
  const value = 'set' in effect ? effect.set : (flags[effect.flag] ?? 0) + effect.add;
  return { ...flags, [effect.flag]: value };
}

function added(
  sum: StorySession['weights'],
  more: StorySession['weights'] = {},
): StorySession['weights'] {
  const names = Object.keys({ ...sum, ...more }) as AttributeName[];
  return Object.fromEntries(names.map((name) => [name, (sum[name] ?? 0) + (more[name] ?? 0)]));
}

function pointsOf({ waits }: StorySession): number {
  return waits.for === 'points' ? waits.points : 0;
}

/** Why a tap on a screen with this `seq` changes nothing; null: it may. */
function refusalOf(
  session: StorySession,
  seq: number,
  waitsFor: StorySession['waits']['for'],
): StoryRefusal | null {
  if (seq !== session.seq) return 'stale';
  if (session.paused) return 'paused';
  return session.waits.for === waitsFor ? null : 'waits';
}

function refused(reason: StoryRefusal): StoryRefused {
  return { kind: 'refused', reason };
}
