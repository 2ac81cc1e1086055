import type { Wait } from './script-args.ts';

/** The arena's keys, each value as comparable text. */
export type ArenaState = Readonly<Record<string, string>>;

export interface Claimed {
  readonly claimedAtMs: string;
  readonly mode: string;
  readonly sides: readonly (readonly [charId: string, wait: Wait])[];
}

export interface ArenaContent {
  readonly requests: ReadonlyMap<string, Wait>;
  readonly entries: ReadonlyMap<string, Wait>;
  readonly seats: ReadonlyMap<string, string>;
  readonly lastOpponents: ReadonlyMap<string, string>;
  readonly matches: ReadonlyMap<string, Claimed>;
  readonly battles: ReadonlyMap<string, { readonly version: string }>;
}

export function stateOf(arena: ArenaContent): ArenaState {
  const { entries, matches } = arena;
  const state: Record<string, string> = {
    queue: listed([...entries].map(([id, { gs }]) => [id, gs])),
    since: listed([...entries].map(([id, { startMs }]) => [id, startMs])),
    matches: listed([...matches].map(([id, { claimedAtMs }]) => [id, claimedAtMs])),
  };
  for (const [id, wait] of arena.requests) state[`request ${id}`] = waitText(wait);
  for (const [id, seat] of arena.seats) state[`seat ${id}`] = seat;
  for (const [id, other] of arena.lastOpponents) state[`opponent ${id}`] = other;
  for (const [id, { claimedAtMs, mode, sides }] of matches) {
    const sideTexts = sides.map(([charId, wait]) => `${charId}: ${waitText(wait)}`);
    state[`match ${id}`] = [mode, claimedAtMs, ...sideTexts].join(', ');
  }
  for (const [id, { version }] of arena.battles) state[`battle ${id}`] = version;
  return state;
}

export function waitText({ userId, mode, gs, startMs }: Wait): string {
  return `${mode} ${gs} ${startMs} ${userId}`;
}

/** A sorted set as text, independent of the order of equal scores. */
export function listed(members: readonly (readonly [member: string, score: string])[]): string {
  return members
    .map(([member, score]) => `${member}=${Number(score)}`)
    .sort()
    .join(' ');
}
