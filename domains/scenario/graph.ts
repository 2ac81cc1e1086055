import { type Archetype, type Attributes, archetypes } from '../account/account-context.ts';
import { characterSheet } from '../account/character-sheet.ts';
import { chanceOf } from './check.ts';
import { type Condition, type Hero, holds } from './condition.ts';
import {
  type Choice,
  type Scenario,
  type StoryNode,
  nodeOf,
  taggedNodes,
  targetsOf,
} from './scenario.ts';

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** It can be taken only so often in a run. */
  readonly limited: boolean;
}

/** Every way of a scenario. */
export function edgesOf(scenario: Scenario): Edge[] {
  return Object.entries(scenario.nodes).flatMap(([from, node]) => edgesFrom(scenario, from, node));
}

function edgesFrom(scenario: Scenario, from: string, node: StoryNode): Edge[] {
  if ('pool' in node) {
    const picks = taggedNodes(scenario, node.pool.tag);
    return [
      ...picks.map((to) => ({ from, to, limited: true })),
      { from, to: node.pool.fallback, limited: false },
    ];
  }
  if (!('choices' in node)) return [];
  return node.choices.flatMap((choice) =>
    targetsOf(choice).map((to) => ({ from, to, limited: choice.limit !== undefined })),
  );
}

/** The nodes that can be reached from the given ones, with themselves. */
export function reached(
  from: readonly string[],
  edges: readonly Pick<Edge, 'from' | 'to'>[],
): Set<string> {
  const seen = new Set(from);
  for (const node of seen) for (const edge of edges) if (edge.from === node) seen.add(edge.to);
  return seen;
}

/** A node on a way that leads back to it without a limit; null: there is none. */
export function endlessNode(scenario: Scenario): string | null {
  const edges = edgesOf(scenario).filter((edge) => !edge.limited);
  const endless = Object.keys(scenario.nodes).find((id) => {
    const next = edges.filter((edge) => edge.from === id).map((edge) => edge.to);
    return reached(next, edges).has(id);
  });
  return endless ?? null;
}

/** A node from which a new character whose checks and battles all fail finds no end. */
export function trap(scenario: Scenario): { node: string; archetype: Archetype } | null {
  const ends = Object.keys(scenario.nodes).filter((id) => 'ends' in nodeOf(scenario, id));
  for (const archetype of archetypes) {
    const hero = newHero(archetype, scenario.needs.level ?? 1);
    const back = Object.keys(scenario.nodes)
      .flatMap((from) => worstTargets(scenario, from, hero).map((to) => ({ from, to })))
      .map(({ from, to }) => ({ from: to, to: from }));
    const safe = reached(ends, back);
    const node = Object.keys(scenario.nodes).find((id) => !safe.has(id));
    if (node !== undefined) return { node, archetype };
  }
  return null;
}

/** Fresh attributes, no skills, no items. */
export function newHero(archetype: Archetype, level: number): Hero {
  const attributes: Attributes = characterSheet({ archetype }).ownAttributes;
  return { archetype, level, attributes, skills: {}, items: [] };
}

function worstTargets(scenario: Scenario, id: string, hero: Hero): string[] {
  const node = nodeOf(scenario, id);
  if ('pool' in node) return [...taggedNodes(scenario, node.pool.tag), node.pool.fallback];
  if (!('choices' in node)) return [];
  return node.choices
    .filter((choice) => choice.limit === undefined)
    .filter((choice) => choice.if === undefined || surelyHolds(choice.if, hero))
    .map((choice) => worstTarget(choice, hero));
}

function worstTarget(choice: Choice, hero: Hero): string {
  if ('to' in choice) return choice.to;
  if ('battle' in choice) return choice.lost;
  return chanceOf(choice.check, hero) === 100 ? choice.pass : choice.fail;
}

/** Whatever flags, items and skills there are. */
function surelyHolds(condition: Condition, hero: Hero): boolean {
  return !dependsOnThePast(condition) && holds(condition, hero, {});
}

function dependsOnThePast(condition: Condition): boolean {
  if ('not' in condition) return dependsOnThePast(condition.not);
  if ('all' in condition) return condition.all.some(dependsOnThePast);
  if ('any' in condition) return condition.any.some(dependsOnThePast);
  return 'flag' in condition || 'item' in condition || 'skill' in condition;
}
