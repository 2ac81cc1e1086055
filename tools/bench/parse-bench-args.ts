/** Each is a file of this folder, and runs without flags as well. */
export const benches = [
  'engine',
  'queue',
  'logins',
  'outbox',
  'broadcast',
  'taps',
  'documents',
  'battles',
  'flood',
  'battles-made',
  'clocks',
  'newcomers',
  'saved',
  'inventory',
  'leaderboard',
  'start',
  'memory',
] as const;
export type Bench = (typeof benches)[number];

export type BenchArgs =
  | { readonly kind: 'run'; readonly names: readonly Bench[]; readonly flags: readonly string[] }
  | { readonly kind: 'invalid'; readonly problem: string };

/** All benchmarks, or those named before the flags; flags need exactly one name. */
export function parseBenchArgs(args: readonly string[]): BenchArgs {
  const firstFlag = args.findIndex((arg) => arg.startsWith('-'));
  const given = firstFlag === -1 ? args : args.slice(0, firstFlag);
  const flags = firstFlag === -1 ? [] : args.slice(firstFlag);
  const names = benches.filter((bench) => given.includes(bench));
  const unknown = given.filter((name) => names.every((bench) => bench !== name));
  if (unknown.length > 0) {
    return invalid(`Unknown benchmark ${unknown.join(', ')}; known are ${benches.join(', ')}.`);
  }
  if (flags.length > 0 && names.length !== 1) {
    return invalid(`Flags need one benchmark before them, as in "outbox ${flags.join(' ')}".`);
  }
  return { kind: 'run', names: names.length === 0 ? benches : names, flags };
}

function invalid(problem: string): BenchArgs {
  return { kind: 'invalid', problem };
}
