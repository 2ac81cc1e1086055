import { type Archetype, archetypes } from '../../domains/account/account-context.ts';
import { type Scenario, nodeOf } from '../../domains/scenario/scenario.ts';
import type { TextKey } from '../../resources/texts/index.ts';
import { type Walk, walk } from './walk.ts';

export const MOST_TAPS = 40;

/** What many walks through a scenario have met. */
export interface Survey {
  readonly walks: readonly Walk[];
  readonly nodes: ReadonlyMap<string, number>;
  /** By `node 2`: the third choice of the node. */
  readonly choices: ReadonlyMap<string, number>;
  readonly taps: { readonly median: number; readonly p90: number; readonly most: number };
  /** One line for each thing that is wrong. */
  readonly problems: readonly string[];
}

export function survey(scenario: Scenario, count: number): Survey {
  const walks = Array.from({ length: count }, (_, number) => walk(scenario, number));
  const nodes = counted(
    Object.keys(scenario.nodes),
    walks.flatMap(({ visited }) => visited),
  );
  const choices = counted(
    choicesOf(scenario),
    walks.flatMap(({ chosen }) => chosen),
  );
  const lengths = walks.map(({ chosen }) => chosen.length).toSorted((one, other) => one - other);
  const taps = { median: at(lengths, 0.5), p90: at(lengths, 0.9), most: at(lengths, 1) };
  const problems = [
    ...never(nodes).map((id) => `node ${id} is never visited`),
    ...never(choices).map((id) => `choice ${id} is never taken`),
    ...(taps.most > MOST_TAPS ? [`a walk has ${taps.most} taps, at most ${MOST_TAPS}`] : []),
    ...(walks.some(({ end }) => end === null) ? ['a walk does not end'] : []),
  ];
  return { walks, nodes, choices, taps, problems };
}

/** What a walk gives on the average, by archetype. */
export function rewardsOf({ walks }: Survey, archetype: Archetype) {
  const own = walks.filter((one) => one.archetype === archetype);
  const gains = own.flatMap((one) => one.gains);
  const mean = (sum: number) => sum / Math.max(1, own.length);
  return {
    xp: mean(gains.reduce((sum, { xp }) => sum + xp, 0)),
    gold: mean(gains.reduce((sum, { gold }) => sum + gold, 0)),
    loot: counted(
      [],
      gains.flatMap(({ loot }) => loot),
    ),
    ends: counted(
      [],
      own.map(({ end }) => end ?? 'none'),
    ),
    walks: own.length,
  };
}

/** The texts that a walk shows, without those of the battles. */
export function textsOf(scenario: Scenario, { visited }: Walk): TextKey[] {
  return visited.flatMap((id) => {
    const node = nodeOf(scenario, id);
    if ('pool' in node) return [node.text, node.pool.label];
    const labels = 'choices' in node ? node.choices.map(({ label }) => label) : [];
    return [node.text, ...labels];
  });
}

export { archetypes };

function choicesOf(scenario: Scenario): string[] {
  return Object.entries(scenario.nodes).flatMap(([id, node]) => {
    if ('pool' in node) return [`${id} 0`];
    return 'choices' in node ? node.choices.map((_, index) => `${id} ${index}`) : [];
  });
}

function counted(known: readonly string[], met: readonly string[]): Map<string, number> {
  const counts = new Map(known.map((one) => [one, 0]));
  for (const one of met) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

function never(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].filter(([, count]) => count === 0).map(([id]) => id);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
