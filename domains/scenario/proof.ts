import { IntlMessageFormat } from 'intl-messageformat';
import type { z } from 'zod';
import { type Language, type TextKey, languages, texts } from '../../resources/texts/index.ts';
import { genders } from '../account/account-context.ts';
import { edgesOf, endlessNode, reached, trap } from './graph.ts';
import {
  MOST_NODES,
  type Scenario,
  type StoryNode,
  scenarioSchema,
  taggedNodes,
  targetsOf,
} from './scenario.ts';
import { scenarios } from './scenarios.ts';

export const MOST_LABEL_LETTERS = 28;
export const MOST_TEXT_LETTERS = 700;
const LONGEST_NAME = 'X'.repeat(16);

/** Throws one line with the scenario and the node of the first thing that is wrong. */
export function checkScenarios(all: readonly unknown[] = Object.values(scenarios)): void {
  const keys = new Set<string>();
  for (const data of all) {
    const [problem] = problemsOf(data);
    if (problem !== undefined) throw new Error(problem);
    const { key } = scenarioSchema.parse(data);
    if (keys.has(key)) throw new Error(`scenario ${key}: there are two of this key`);
    keys.add(key);
  }
}

/** Everything that is wrong with a scenario, a line each; the steps build on each other. */
export function problemsOf(data: unknown): string[] {
  const parsed = scenarioSchema.safeParse(data);
  if (!parsed.success) return parsed.error.issues.map((issue) => formProblem(data, issue));
  const scenario = parsed.data;
  const where = (node: string | null, problem: string) =>
    `scenario ${scenario.key}${node === null ? '' : `, node ${node}`}: ${problem}`;
  for (const problems of [missing, structure, walks, written]) {
    const found = problems(scenario).map(([node, problem]) => where(node, problem));
    if (found.length > 0) return found;
  }
  return [];
}

type Problem = readonly [node: string | null, problem: string];

/** Names of nodes that do not exist. */
function missing(scenario: Scenario): Problem[] {
  const { nodes, start, skip } = scenario;
  const isMissing = (id: string) => !Object.hasOwn(nodes, id);
  const problems: Problem[] = [];
  if (isMissing(start)) problems.push([null, `the start ${start} does not exist`]);
  if (skip !== undefined && isMissing(skip)) problems.push([null, `skip: ${skip} does not exist`]);
  for (const [id, node] of Object.entries(nodes))
    for (const target of namedIn(node))
      if (isMissing(target)) problems.push([id, `leads to ${target}, which does not exist`]);
  return problems;
}

function namedIn(node: StoryNode): string[] {
  if ('pool' in node) return [node.pool.fallback];
  return 'choices' in node ? node.choices.flatMap(targetsOf) : [];
}

function structure(scenario: Scenario): Problem[] {
  const { nodes, skip } = scenario;
  const count = Object.keys(nodes).length;
  const problems: Problem[] = [];
  if (count > MOST_NODES) problems.push([null, `${count} nodes, at most ${MOST_NODES}`]);
  const skipsTo = skip === undefined ? undefined : nodes[skip];
  if (skipsTo !== undefined && !('ends' in skipsTo))
    problems.push([skip ?? null, 'skip leads here, but it does not end']);
  for (const [id, node] of Object.entries(nodes))
    for (const problem of nodeProblems(scenario, node)) problems.push([id, problem]);
  return problems;
}

function nodeProblems(scenario: Scenario, node: StoryNode): string[] {
  const problems: string[] = [];
  if ('choices' in node && !node.choices.some(isAlwaysOpen))
    problems.push('no choice without a condition and a limit');
  if ('pool' in node && taggedNodes(scenario, node.pool.tag).length === 0)
    problems.push(`no node has the tag ${node.pool.tag}`);
  if (!('ends' in node) && (node.effects ?? []).some((effect) => 'distribute' in effect))
    problems.push('distributes points, but does not end');
  return problems;
}

function isAlwaysOpen(choice: { readonly if?: unknown; readonly limit?: unknown }): boolean {
  return choice.if === undefined && choice.limit === undefined;
}

function walks(scenario: Scenario): Problem[] {
  const problems: Problem[] = [];
  const seen = reached([scenario.start], edgesOf(scenario));
  for (const id of Object.keys(scenario.nodes))
    if (!seen.has(id)) problems.push([id, 'no way leads here']);
  const endless = endlessNode(scenario);
  if (endless !== null) problems.push([endless, 'a way leads back here without a limit']);
  const found = trap(scenario);
  if (found !== null)
    problems.push([found.node, `a new ${found.archetype} who fails everything finds no end`]);
  return problems;
}

function written(scenario: Scenario): Problem[] {
  return languages.flatMap((language) => [
    ...textProblems({ key: scenario.title, most: MOST_LABEL_LETTERS, language }, null),
    ...Object.entries(scenario.nodes).flatMap(([id, node]) => [
      ...textProblems({ key: node.text, most: MOST_TEXT_LETTERS, language }, id),
      ...labelsOf(node).flatMap((key) =>
        textProblems({ key, most: MOST_LABEL_LETTERS, language }, id),
      ),
    ]),
  ]);
}

function labelsOf(node: StoryNode): TextKey[] {
  if ('pool' in node) return [node.pool.label];
  return 'choices' in node ? node.choices.map(({ label }) => label) : [];
}

interface WrittenText {
  readonly key: TextKey;
  readonly most: number;
  readonly language: Language;
}

function textProblems({ key, most, language }: WrittenText, node: string | null): Problem[] {
  const shown = writtenOut(texts[language][key], language);
  if (shown === null) return [[node, `${key} in ${language} needs more than name and gender`]];
  const letters = Math.max(...shown.map((one) => Array.from(one).length));
  if (letters <= most) return [];
  return [[node, `${key} in ${language} has ${letters} letters, at most ${most}`]];
}

/** As players of each gender see it; null: it needs an argument that texts of scenarios do not get. */
function writtenOut(message: string, language: Language): string[] | null {
  try {
    const format = new IntlMessageFormat(message, language, {}, { ignoreTag: true });
    const shown = genders.map((gender) => format.format({ gender, name: LONGEST_NAME }));
    return shown.map((one) => String(one).replaceAll(/<[^>]*>/g, ''));
  } catch {
    return null;
  }
}

/** One line for what is wrong with the form of the data. */
function formProblem(data: unknown, issue: z.core.$ZodIssue): string {
  const { path, message } = innermost(issue);
  const key = keyOf(data);
  const [first, node, ...rest] = path.map(String);
  const place = first === 'nodes' && node !== undefined ? `, node ${node}` : '';
  const field = place === '' ? path.map(String) : rest;
  return `scenario ${key}${place}: ${[...field, ''].join(' ')}${message}`.replace(/ +/g, ' ');
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a union, the issue of the kind that fits best: the one with the fewest issues. */
function innermost(issue: z.core.$ZodIssue): Issue {
  const { path, message } = issue;
  if (issue.code !== 'invalid_union') return { path, message };
  const [best] = issue.errors.toSorted((one, other) => one.length - other.length);
  const [inner] = best ?? [];
  if (inner === undefined) return { path, message };
  const deeper = innermost(inner);
  return { path: [...path, ...deeper.path], message: deeper.message };
}

function keyOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'key' in data ? String(data.key) : '?';
}
