import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import type { ArenaModel, ScriptCall } from './arena-model.ts';
import type { ArenaState } from './arena-state.ts';

/** Checks the five invariants of the arena on the raw keys; knows from the replies who must be where. */
export class InvariantChecker {
  readonly #ttlMs: number;
  /** Start of the wait of every character from a reply that it is in until a reply that it is out. */
  readonly #inside = new Map<string, number>();

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
  }

  recordReply({ stem, keys, args }: ScriptCall, reply: string): void {
    const [word] = reply.split('|');
    const isIn = word === 'queued' || word === 'claimed';
    if (stem === 'join-queue' && isIn) this.#inside.set(args[0] ?? '', Number(args[4]));
    if (stem === 'claim-training' && isIn) this.#inside.set(args[6] ?? '', Number(args[2]));
    if (reply === 'left') this.#inside.delete(args[0] ?? '');
    if (reply === 'freed') this.#inside.delete(keys[0]?.replace(/.*:/, '') ?? '');
    // A side without a session at the creation of its battle does not wait again.
    if (stem === 'restore-request' && reply === 'freed') this.#inside.delete(args[1] ?? '');
  }

  /** 4. A claimed character was waiting: it had neither left nor expired. */
  violationsOfReply(
    { stem, args }: ScriptCall,
    reply: string,
    { requests, seats }: ArenaModel,
  ): string[] {
    const claims = claimsOf(stem, args, reply.split('|'));
    // By the script's own time, since the process may have stalled before the claim.
    const nowMs = Number(args[stem === 'join-queue' ? 4 : 2]);
    return claims
      .flatMap(({ matchId, charIds }) => charIds.filter((id) => seats.get(id) !== matchId))
      .filter((id) => isOver(Number(requests.get(id)?.startMs ?? -Infinity), this.#ttlMs, nowMs))
      .map((id) => `${id} was claimed without waiting`);
  }

  violationsIn(raw: ArenaState, nowMs: number, open: readonly BattleRecord[]): string[] {
    const queued = membersOf(raw['queue']);
    const seated = named(raw, 'seat');
    const requested = named(raw, 'request');
    return [
      ...(queued.join() === membersOf(raw['since']).join()
        ? []
        : ['the queue by GearScore and the queue by time differ']),
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

  /** Matches, seats and queue entries that should be gone after enough time. */
  unfinished(model: ArenaModel, nowMs: number, isOpen: (battleId: string) => boolean): string[] {
    const pending = [...model.matches.keys()].map((id) => `match ${id} has no battle`);
    const stuck = [...model.seats].flatMap(([charId, id]) =>
      isOpen(id) ? [] : [`${charId} is seated in ${id}, which is not running`],
    );
    const ghosts = [...model.entries.keys()].flatMap((charId) =>
      isOver(Number(model.entries.get(charId)?.startMs), this.#ttlMs, nowMs)
        ? [`${charId} has an expired queue entry`]
        : [],
    );
    return [...pending, ...stuck, ...ghosts];
  }

  /** 3. No character is lost: a character that is in waits, is seated or has expired. */
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

/** Claimed characters that must have been waiting; the one that joins need not. */
function claimsOf(stem: string, args: readonly string[], words: readonly string[]) {
  if (stem === 'claim-match' && words[0] === 'claimed') {
    const charIds = [args[6], args[10]].filter((id) => id !== undefined);
    return [{ matchId: args[0], charIds }];
  }
  if (stem !== 'join-queue' || words[0] !== 'claimed') return [];
  return [{ matchId: args[8], charIds: words.slice(1, 2) }];
}

/** 1. No character is in two places. */
function twoPlaces(
  charId: string,
  at: { readonly queued: readonly string[]; readonly requested: ReadonlyMap<string, string> },
): string[] {
  return at.requested.has(charId) || at.queued.includes(charId)
    ? [`${charId} is seated and in the queue`]
    : [];
}

/** 2. A claim seats both sides or neither, and a match has at most two. */
function halfClaims(raw: ArenaState, seated: ReadonlyMap<string, string>): string[] {
  const matches = named(raw, 'match');
  const listed = membersOf(raw['matches']);
  const violations: string[] = [];
  if (listed.join() !== [...matches.keys()].sort().join())
    violations.push('the list of matches differs from the matches');
  for (const [id, sides] of matches) {
    // The battle may have ended before the match of a crashed process is cleaned up.
    if (raw[`battle ${id}`] !== undefined) continue;
    for (const [, charId] of sides.matchAll(/(\d+): /g)) {
      if (seated.get(charId ?? '') !== id) violations.push(`${charId ?? ''} has no seat in ${id}`);
    }
  }
  for (const id of new Set(seated.values())) {
    const count = [...seated.values()].filter((seat) => seat === id).length;
    if (count > 2) violations.push(`${count} are seated in ${id}`);
  }
  return violations;
}

/** 1 and 2 for battles: every fighter is seated there. */
function unseatedFighters(
  open: readonly BattleRecord[],
  seated: ReadonlyMap<string, string>,
): string[] {
  return open.flatMap(({ id, sides }) =>
    sides.flatMap(({ charId }) =>
      charId === null || seated.get(String(charId)) === id
        ? []
        : [`${charId} fights in ${id} without a seat`],
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
