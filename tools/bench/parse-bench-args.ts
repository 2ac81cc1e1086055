/** Every bench by the name of its file; a bench that wants no flags can be run with all others. */
export const benches = [
  'engine',
  'queue',
  'logins',
  'outbox',
  'taps',
  'documents',
  'battles',
] as const;
export type Bench = (typeof benches)[number];

export type BenchArgs =
  | { readonly kind: 'run'; readonly names: readonly Bench[]; readonly flags: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

/** All benches, or those named before the flags; flags are for a single one. */
export function parseBenchArgs(args: readonly string[]): BenchArgs {
  const firstFlag = args.findIndex((arg) => arg.startsWith('-'));
  const named = firstFlag === -1 ? args : args.slice(0, firstFlag);
  const flags = firstFlag === -1 ? [] : args.slice(firstFlag);
  const names = benches.filter((bench) => named.includes(bench));
  const unknown = named.filter((name) => names.every((bench) => bench !== name));
  if (unknown.length > 0) {
    return refused(`There is no bench ${unknown.join(', ')}: there are ${benches.join(', ')}.`);
  }
  if (flags.length > 0 && names.length !== 1) {
    return refused(`Flags are for one bench: say which, as in "outbox ${flags.join(' ')}".`);
  }
  return { kind: 'run', names: names.length === 0 ? benches : names, flags };
}

function refused(why: string): BenchArgs {
  return { kind: 'refused', why };
}
