import { type Scenario, type StoryNode, taggedNodes } from '../../domains/scenario/scenario.ts';

/** A Mermaid flowchart: paste it into a Markdown file or https://mermaid.live. */
export function mermaid(scenario: Scenario): string {
  const lines = Object.entries(scenario.nodes).flatMap(([id, node]) => [
    `  ${box(id, node)}`,
    ...arrows(scenario, id, node).map((arrow) => `  ${arrow}`),
  ]);
  return ['flowchart TD', ...lines].join('\n');
}

function box(id: string, node: StoryNode): string {
  if ('ends' in node) return `${idOf(id)}([${id}])`;
  return 'pool' in node ? `${idOf(id)}{${id}}` : `${idOf(id)}[${id}]`;
}

function arrows(scenario: Scenario, from: string, node: StoryNode): string[] {
  if ('pool' in node)
    return taggedNodes(scenario, node.pool.tag).map((to) => arrow(from, to, node.pool.tag));
  if (!('choices' in node)) return [];
  return node.choices.flatMap((choice) => {
    const name = choice.label.split('.').at(-1) ?? '';
    const says = choice.if === undefined ? name : `${name} (if)`;
    if ('to' in choice) return [arrow(from, choice.to, says)];
    if ('battle' in choice)
      return [
        arrow(from, choice.won, `${says}: ${choice.battle} won`),
        arrow(from, choice.lost, `${says}: lost`),
      ];
    return [
      arrow(from, choice.pass, `${says}: ${choice.check.attribute} ${choice.check.against}`),
      arrow(from, choice.fail, `${says}: failed`),
    ];
  });
}

function arrow(from: string, to: string, says: string): string {
  return `${idOf(from)} -->|"${says}"| ${idOf(to)}`;
}

/** Some words, such as end, mean something to Mermaid. */
function idOf(node: string): string {
  return `n_${node}`;
}
