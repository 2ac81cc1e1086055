import type { ArchivedBattle } from './battle-archive.ts';

/** How often a side has used each technique. */
export function usesInBattle(
  { inputs }: Pick<ArchivedBattle, 'inputs'>,
  side: number,
): Record<string, number> {
  const uses: Record<string, number> = {};
  for (const input of inputs) {
    const technique = input.kind === 'exchange' ? input.moves[side]?.technique : null;
    if (technique != null) uses[technique] = (uses[technique] ?? 0) + 1;
  }
  return uses;
}
