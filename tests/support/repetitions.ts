/** How often a statistical test repeats: `short` in `npm test`, `full` in `npm run test:full`. */
export function repetitions(count: { readonly short: number; readonly full: number }): number {
  return process.env['ARENA_TEST_MODE'] === 'full' ? count.full : count.short;
}
