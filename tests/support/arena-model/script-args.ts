export interface Wait {
  readonly gs: string;
  readonly startMs: string;
  readonly mode: string;
  readonly userId: string;
}

export type Args = readonly string[];

/** Sides as claim-match lists them: character, user, GearScore, start. */
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
  if (arg === undefined) throw new Error(`script argument ${index + 1} is missing`);
  return arg;
}

/** The id in `{arena}:seat:7` and in `{combat:m1}:battle`. */
export function idIn(key: string): string {
  return /^\{combat:(.+)\}/.exec(key)?.[1] ?? key.slice(key.lastIndexOf(':') + 1);
}
