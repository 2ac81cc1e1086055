import { type BattleEvent, type Guard, type Side, type Zone, guards, zones } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import { otherSide } from './battle-session.ts';
import { replay } from './replay.ts';

/** How a side fought a whole battle. */
export interface SideAccount {
  readonly blows: number;
  /** Blows that hit an open zone. */
  readonly openHits: number;
  /** Blows of the opponent that its guard blocked or parried. */
  readonly stopped: number;
  /** Health lost to blows at each zone, and to counter-attacks. */
  readonly lostAt: Readonly<Record<Zone, number>>;
  readonly lostToCounters: number;
}

/** The exchange in which the winner gained most, and what each side lost in it. */
export interface DecisiveTurn {
  readonly turn: number;
  readonly lost: readonly [number, number];
}

export interface BattleAccount {
  readonly sides: readonly [SideAccount, SideAccount];
  /** null: the battle was drawn or forfeited. */
  readonly decisive: DecisiveTurn | null;
}

/** Why an ended battle ended so, from its replay. */
export function accountOf({ battle, sheets, inputs }: BattleRecord): BattleAccount {
  const { rules, seed, outcome } = battle;
  const { steps } = replay({ rules, seed, sheets, inputs });
  const exchanges = steps.filter(({ input }) => input.kind === 'exchange');
  const events = exchanges.flatMap((step) => step.events);
  const winner = outcome?.winner ?? null;
  const isFought = outcome?.reason === 'knockout' || outcome?.reason === 'turn_limit';
  return {
    sides: [sideAccount(events, 0), sideAccount(events, 1)],
    decisive: winner === null || !isFought ? null : decisiveTurn(exchanges, winner),
  };
}

/** Of the guards that cover the worst zone the one that would have saved most; null if there is none. */
export function bestGuard(account: SideAccount): Guard | null {
  const worst = worstZone(account);
  const covered = (guard: Guard) => zones.filter((zone) => guard.split('-').includes(zone));
  const saved = (guard: Guard) =>
    covered(guard).reduce((sum, zone) => sum + account.lostAt[zone], 0);
  const [best] = guards
    .filter((guard) => covered(guard).some((zone) => zone === worst))
    .toSorted((one, other) => saved(other) - saved(one));
  return best ?? null;
}

/** The zone at which a side lost most; null if it lost nothing there. */
export function worstZone({ lostAt }: SideAccount): Zone | null {
  const [worst] = zones.toSorted((one, other) => lostAt[other] - lostAt[one]);
  return worst === undefined || lostAt[worst] === 0 ? null : worst;
}

function sideAccount(events: readonly BattleEvent[], side: Side): SideAccount {
  const blows = events.filter((event) => event.kind === 'blow');
  const own = blows.filter((blow) => blow.side === side);
  const received = blows.filter((blow) => blow.side !== side);
  const lostAt = { head: 0, chest: 0, belly: 0, legs: 0 };
  for (const { zone, amount } of received) lostAt[zone] += amount;
  return {
    blows: own.length,
    openHits: own.filter(({ result }) => result === 'hit').length,
    stopped: received.filter(({ result }) => result === 'block' || result === 'parry').length,
    lostAt,
    lostToCounters: lostTo(events, side, ['counter']),
  };
}

function decisiveTurn(
  exchanges: readonly { readonly events: readonly BattleEvent[] }[],
  winner: Side,
): DecisiveTurn | null {
  const turns = exchanges.map(({ events }, index): DecisiveTurn => {
    const lost = (side: Side) => lostTo(events, side, ['blow', 'counter']);
    return { turn: index + 1, lost: [lost(0), lost(1)] };
  });
  const gain = ({ lost }: DecisiveTurn) => lost[otherSide(winner)] - lost[winner];
  return turns.toSorted((one, other) => gain(other) - gain(one))[0] ?? null;
}

/** Health that a side lost to events of these kinds. */
function lostTo(
  events: readonly BattleEvent[],
  side: Side,
  kinds: readonly ('blow' | 'counter')[],
): number {
  return events.reduce((sum, event) => {
    const isDamage = event.kind === 'blow' || event.kind === 'counter';
    return isDamage && event.side !== side && kinds.includes(event.kind) ? sum + event.amount : sum;
  }, 0);
}
