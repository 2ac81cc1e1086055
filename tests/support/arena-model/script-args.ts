export interface Wait {
  readonly gs: string;
  readonly startMs: string;
  readonly mode: string;
  readonly userId: string;
}

export type Args = readonly string[];

export interface AskedMeeting {
  readonly matchId: string;
  readonly isOpponentNew: boolean;
  readonly cards: readonly string[];
}

/** What `let-in.lua` is asked for; without a match it is a place in the queue. */
export interface AskedAdmission extends Omit<AskedMeeting, 'matchId'> {
  readonly matchId: string | null;
}

export function admissionsIn(args: Args): AskedAdmission[] {
  const asked: AskedAdmission[] = [];
  for (let from = 5; from < args.length; from += asked.at(-1)?.matchId === null ? 2 : 4) {
    const kind = at(args, from);
    const rest = args.slice(from + 1, from + 4);
    if (kind === 'waits')
      asked.push({ matchId: null, isOpponentNew: false, cards: rest.slice(0, 1) });
    else
      asked.push({ matchId: at(rest, 0), isOpponentNew: kind === 'pairs', cards: rest.slice(1) });
  }
  return asked;
}

/** Whose card it is, and his wait. */
export function sideIn(card: string, mode: string): [charId: string, wait: Wait] {
  const [start = '', charId = '', userId = '', gs = ''] = card.split(',');
  return [charId, { gs, startMs: String(Number(start)), mode, userId }];
}

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
