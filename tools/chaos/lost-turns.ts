import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { type TurnRules, timeOut } from '../../domains/combat/battle-session.ts';
import { isSame } from './is-same.ts';
import { type Outage, type Span, coveredMs, noticedPart } from './outages.ts';

/** A turn that ended by the clock, so that somebody missed a move. */
export interface ClockedTurn extends Span {
  readonly battleId: string;
  readonly turn: number;
}

export interface LostTurns {
  /** The players did not have the whole time of the turn while somebody listened. */
  readonly lost: readonly ClockedTurn[];
  /** Those whose time was lost before the bot could notice the outage: nothing is promised there. */
  readonly unnoticed: readonly ClockedTurn[];
}

/** For a violation: which turn, when, how long. */
export function describeTurn({ battleId, turn, fromMs, toMs }: ClockedTurn): string {
  const at = new Date(fromMs).toISOString();
  return `turn ${turn} of battle ${battleId}, ${toMs - fromMs} ms from ${at}`;
}

/** Clocks are read at both ends, and timers run twice a second. */
const TOLERANCE_MS = 1_000;

/** The turn that ended by the clock between two writes of a battle that follow each other; null if none. */
export function clockedTurn(
  before: BattleRecord,
  after: BattleRecord,
  rules: TurnRules,
): ClockedTurn | null {
  const endedAtMs = after.turnStartedAtMs;
  if (endedAtMs === before.turnStartedAtMs) return null;
  if (!isSame(timeOut(before, endedAtMs, rules), after)) return null;
  const span = { fromMs: before.turnStartedAtMs, toMs: endedAtMs };
  return { battleId: before.id, turn: before.battle.turn, ...span };
}

/** Of turns that ended by the clock, those in which outages took time from the players. */
export function lostTurns(
  turns: readonly ClockedTurn[],
  outages: readonly Outage[],
  turnMs: number,
): LostTurns {
  const isShort = (turn: ClockedTurn, spans: readonly Span[]) =>
    turn.toMs - turn.fromMs - coveredMs(spans, turn) < turnMs - TOLERANCE_MS;
  const noticed = outages.flatMap((one) => noticedPart(one) ?? []);
  const lost = turns.filter((turn) => isShort(turn, noticed));
  const unnoticed = turns.filter((turn) => isShort(turn, outages) && !lost.includes(turn));
  return { lost, unnoticed };
}
