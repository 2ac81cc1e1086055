export interface Wait {
  readonly gs: string;
  readonly startMs: string;
  readonly mode: string;
  readonly userId: string;
}

export type Args = readonly string[];

/** Character, user, GearScore, start: as claim and return list their sides. */
export function sidesFrom(args: Args, width: number, mode: string): [string, Wait][] {
  const sides: [string, Wait][] = [];
  for (let from = 0; from < args.length; from += width) {
    const [charId, userId] = [at(args, from), at(args, from + 1)];
    sides.push([charId, { userId, mode, gs: at(args, from + 2), startMs: at(args, from + 3) }]);
  }
  return sides;
}

export function at(args: Args, index: number): string {
  const arg = args[index];
  if (arg === undefined) throw new Error(`A script was called without argument ${index + 1}`);
  return arg;
}

/** The id in `{arena}:seat:7` and in `{combat:m1}:battle`. */
export function idIn(key: string): string {
  return /^\{combat:(.+)\}/.exec(key)?.[1] ?? key.slice(key.lastIndexOf(':') + 1);
}
