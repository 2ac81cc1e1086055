import type { Waiting } from '../../domains/arena/arena-store.ts';
import { type ArenaRules, pairUp, rankOpponents } from '../../domains/arena/matchmaking.ts';
import { WIDENING } from '../../resources/numbers/arena.ts';

export const shippedRules: ArenaRules = {
  widening: WIDENING.map(({ afterS, share }) => ({ afterMs: afterS * 1000, share })),
  shadowAfterMs: 45_000,
  requestTtlMs: 300_000,
};

const NOW = 1_000_000;

/**
 * A queue in one line: `A:100 B:112@5 C:190@30/9 D:101!A`. A name, its GearScore, `@` seconds waited
 * (default 0), `/` the user (default: its own), `!` the last opponent.
 */
export function parseQueue(notation: string): Map<string, Waiting> {
  const names = notation.split(' ').map((one) => one.slice(0, 1));
  const idOf = (name: string) => names.indexOf(name) + 1;
  return new Map(
    notation.split(' ').map((one) => {
      const parts = /^(\w):(\d+)(?:@([\d.]+))?(?:\/(\d+))?(?:!(\w))?(?:~(\w))?$/.exec(one);
      if (parts === null) throw new Error(`not a queue entry: ${one}`);
      const [, name = '', gs, waitedS = '0', user, last, blocked] = parts;
      const waiting: Waiting = {
        charId: idOf(name),
        userId: user === undefined ? 1000 + idOf(name) : Number(user),
        mode: '1v1',
        gs: Number(gs),
        startTimeMs: NOW - Number(waitedS) * 1000,
        lastOpponentId: last === undefined ? null : idOf(last),
        blockedUserIds: blocked === undefined ? [] : [1000 + idOf(blocked)],
      };
      return [name, waiting];
    }),
  );
}

/** The pairs of a wave in one line: `A-B C-D`. */
export function pairsOf(notation: string, rules = shippedRules): string {
  const queue = parseQueue(notation);
  const nameOf = namesIn(queue);
  return pairUp(rules, [...queue.values()], NOW)
    .map(([one, other]) => `${nameOf(one)}-${nameOf(other)}`)
    .join(' ');
}

/** The ranked opponents of the first entry, the best first: `B C`. */
export function opponentsOf(notation: string, rules = shippedRules): string {
  const [seeker, ...others] = parseQueue(notation).values();
  if (seeker === undefined) throw new Error('empty queue');
  const nameOf = namesIn(parseQueue(notation));
  return rankOpponents(rules, { seeker, others }, NOW).map(nameOf).join(' ');
}

function namesIn(queue: ReadonlyMap<string, Waiting>): (one: Waiting) => string {
  const names = new Map([...queue].map(([name, { charId }]) => [charId, name]));
  return (one) => names.get(one.charId) ?? '?';
}
