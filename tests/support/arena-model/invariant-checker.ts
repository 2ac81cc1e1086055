import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import type { ArenaModel, ScriptCall } from './arena-model.ts';
import type { ArenaState } from './arena-state.ts';

/**
 * Who has a right to be where, by the replies alone; and the five invariants of the arena, counted
 * on the raw keys.
 */
export class InvariantChecker {
  readonly #ttlMs: number;
  /** Since when whoever was told that he is in has waited; until he is told that he is out. */
  readonly #inside = new Map<string, number>();

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
  }

  recordReply({ stem, keys, args }: ScriptCall, reply: string): void {
    const [word] = reply.split('|');
    const isIn = word === 'queued' || word === 'claimed';
    if (stem === 'join-queue' && isIn) this.#inside.set(args[0] ?? '', Number(args[4]));
    if (reply === 'left') this.#inside.delete(args[0] ?? '');
    if (reply === 'freed') this.#inside.delete(keys[0]?.replace(/.*:/, '') ?? '');
    // A side that had no session when its battle was to be made does not wait again.
    if (stem === 'restore-request' && reply === 'freed') this.#inside.delete(args[1] ?? '');
  }

  /** 4. Whoever is claimed waited: neither a ghost nor somebody who has left. */
  violationsOfReply(
    { stem, args }: ScriptCall,
    reply: string,
    { requests, seats }: ArenaModel,
  ): string[] {
    const claims = claimsOf(stem, args, reply.split('|'));
    // By its own clock: a process may have stalled between looking at it and claiming.
    const nowMs = Number(args[stem === 'join-queue' ? 4 : 2]);
    return claims
      .flatMap(({ matchId, charIds }) => charIds.filter((id) => seats.get(id) !== matchId))
      .filter((id) => isOver(Number(requests.get(id)?.startMs ?? -Infinity), this.#ttlMs, nowMs))
      .map((id) => `${id} was claimed and did not wait`);
  }

  violationsIn(raw: ArenaState, nowMs: number, open: readonly BattleRecord[]): string[] {
    const queued = membersOf(raw['queue']);
    const seated = named(raw, 'seat');
    const requested = named(raw, 'request');
    return [
      ...(queued.join() === membersOf(raw['since']).join()
        ? []
        : ['the two lists of who waits differ']),
      ...[...seated.keys()].flatMap((id) => twoPlaces(id, { queued, requested })),
      ...[...requested].flatMap(([id, wait]) =>
        isOver(Number(wait.split(' ')[2]), this.#ttlMs, nowMs) || queued.includes(id)
          ? []
          : [`${id} waits without a place in the queue`],
      ),
      ...halfClaims(raw, seated),
      ...unseatedFighters(open, seated),
      ...this.#lost({ queued, requested, seated }, nowMs),
    ];
  }

  /** Who is still on his way nowhere, when all has had its time. */
  unfinished(model: ArenaModel, nowMs: number, isOpen: (battleId: string) => boolean): string[] {
    const pending = [...model.matches.keys()].map((id) => `match ${id} has no battle`);
    const stuck = [...model.seats].flatMap(([charId, id]) =>
      isOpen(id) ? [] : [`${charId} sits in ${id}, where nothing is fought`],
    );
    const ghosts = [...model.entries.keys()].flatMap((charId) =>
      isOver(Number(model.entries.get(charId)?.startMs), this.#ttlMs, nowMs)
        ? [`${charId} haunts the queue`]
        : [],
    );
    return [...pending, ...stuck, ...ghosts];
  }

  /** 3. Nobody is lost: whoever is in waits, or is seated, or his time is over. */
  #lost(
    at: {
      readonly queued: readonly string[];
      readonly requested: ReadonlyMap<string, string>;
      readonly seated: ReadonlyMap<string, string>;
    },
    nowMs: number,
  ): string[] {
    return [...this.#inside].flatMap(([id, sinceMs]) => {
      const waits = at.queued.includes(id) && at.requested.has(id);
      if (waits || at.seated.has(id) || isOver(sinceMs, this.#ttlMs, nowMs)) return [];
      return [`${id} is lost`];
    });
  }
}

/** Whom a script has claimed that must have waited; newcomers need not have. */
function claimsOf(stem: string, args: readonly string[], words: readonly string[]) {
  if (stem === 'claim-match' && words[0] === 'claimed') {
    const charIds = [args[6], args[10]].filter((id) => id !== undefined);
    return [{ matchId: args[0], charIds }];
  }
  if (stem !== 'join-queue' || words[0] !== 'claimed') return [];
  return [{ matchId: args[8], charIds: words.slice(1, 2) }];
}

/** 1. Nobody is in two places. */
function twoPlaces(
  charId: string,
  at: { readonly queued: readonly string[]; readonly requested: ReadonlyMap<string, string> },
): string[] {
  return at.requested.has(charId) || at.queued.includes(charId)
    ? [`${charId} is seated and in the queue`]
    : [];
}

/** 2. A claim has taken both sides or neither, and no more than two sit together. */
function halfClaims(raw: ArenaState, seated: ReadonlyMap<string, string>): string[] {
  const matches = named(raw, 'match');
  const listed = membersOf(raw['matches']);
  const faults: string[] = [];
  if (listed.join() !== [...matches.keys()].sort().join()) faults.push('the list of matches lies');
  for (const [id, told] of matches) {
    // A battle may be over before the dead process that made it is found not to have said so.
    if (raw[`battle ${id}`] !== undefined) continue;
    for (const [, charId] of told.matchAll(/(\d+): /g)) {
      if (seated.get(charId ?? '') !== id) faults.push(`${charId ?? ''} has no seat in ${id}`);
    }
  }
  for (const id of new Set(seated.values())) {
    const count = [...seated.values()].filter((seat) => seat === id).length;
    if (count > 2) faults.push(`${count} sit in ${id}`);
  }
  return faults;
}

/** 1 and 2 again, for battles: whoever fights is seated there. */
function unseatedFighters(
  open: readonly BattleRecord[],
  seated: ReadonlyMap<string, string>,
): string[] {
  return open.flatMap(({ id, sides }) =>
    sides.flatMap(({ charId }) =>
      charId === null || seated.get(String(charId)) === id
        ? []
        : [`${charId} fights in ${id} and does not sit there`],
    ),
  );
}

function isOver(sinceMs: number, ttlMs: number, nowMs: number): boolean {
  return sinceMs + ttlMs <= nowMs;
}

function membersOf(list: string | undefined): string[] {
  return (list ?? '')
    .split(' ')
    .filter((entry) => entry !== '')
    .map((entry) => entry.replace(/=.*/, ''))
    .sort();
}

function named(raw: ArenaState, kind: string): Map<string, string> {
  return new Map(
    Object.entries(raw).flatMap(([name, value]) =>
      name.startsWith(`${kind} `) ? [[name.slice(kind.length + 1), value] as const] : [],
    ),
  );
}
