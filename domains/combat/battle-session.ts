import type { ForfeitReason, Input, Move, Side } from './battle.ts';
import type { BattleRecord, Draft, Matching, SideRecord } from './battle-record.ts';
import { type OpponentSetup, type SideSetup, noChoice, openSides } from './battle-sides.ts';
import { monsterMove } from './monster.ts';
import type { Rules } from './rules/rules.ts';
import { CURRENT_RULES, rulesOf } from './rules/rules-of.ts';
import { levelOfShadow } from './shadow.ts';
import { kindOfSide } from './side-kind.ts';
import type { Mode } from '../core/mode.ts';

export interface TurnRules {
  readonly turnMs: number;
  /** This many consecutive turns without a tap lose the battle. */
  readonly maxIdleTurns: number;
}

export interface BattleSetup {
  readonly id: string;
  readonly seed: string;
  readonly mode: Mode;
  readonly first: SideSetup;
  readonly second: OpponentSetup;
  /** null: not known, or not a duel. */
  readonly matching: Matching | null;
}

/** The part of a move that one tap chooses. */
export type Choice = Partial<Draft>;

export type ChoiceReply =
  | { readonly kind: 'changed'; readonly record: BattleRecord }
  /** The tap is for another turn. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'illegal' };

interface Now {
  readonly nowMs: number;
  readonly rules: TurnRules;
}

export function openBattle(setup: BattleSetup, nowMs: number, rules: TurnRules): BattleRecord {
  const { first, second } = setup;
  const { sides, sheets } = openSides(first, second);
  return {
    schema: 5,
    id: setup.id,
    version: 1,
    mode: setup.mode,
    sides,
    sheets,
    inputs: [],
    matching: setup.matching,
    battle: rulesOf(CURRENT_RULES).startBattle(setup.seed, sheets),
    lastEvents: [],
    startedAtMs: nowMs,
    turnStartedAtMs: nowMs,
    turnEndsAtMs: nowMs + rules.turnMs,
    clockStoppedUntilMs: 0,
    maxIdleTurns: rules.maxIdleTurns,
    endedAtMs: null,
    settled: false,
  };
}

/** null: the character does not fight in this battle. */
export function sideOfCharacter(record: BattleRecord, charId: number): Side | null {
  if (record.sides[0].charId === charId) return 0;
  return record.sides[1].charId === charId ? 1 : null;
}

/** A character as it fights: of a user, who owns its number. */
export interface Fighter {
  readonly charId: number;
  readonly userId: number;
}

/** As `sideOfCharacter`; null also if the character was another user's. Old records may name no user. */
export function sideOfFighter(record: BattleRecord, { charId, userId }: Fighter): Side | null {
  const side = sideOfCharacter(record, charId);
  const foughtBy = side === null ? null : record.sides[side].userId;
  return foughtBy === null || foughtBy === userId ? side : null;
}

export function otherSide(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/**
 * A move is complete with strike and guard, and every part of it may be changed until the other move is
 * complete too: then the exchange is fought. The Shadow's move always is.
 */
export function choose(
  record: BattleRecord,
  tap: { readonly side: Side; readonly turn: number; readonly choice: Choice },
  now: Now,
): ChoiceReply {
  const { side, turn } = tap;
  const { draft: before, lockedInAtMs: since } = record.sides[side];
  if (record.endedAtMs !== null || record.battle.turn !== turn) return { kind: 'stale' };
  const draft = { ...before, ...tap.choice };
  if (!rulesFor(record).isLegal(record.battle, side, completed(record, side, draft)))
    return { kind: 'illegal' };
  const move = moveOf(draft);
  const lockedInAtMs = move === null ? null : (since ?? now.nowMs);
  const chosen = withSide(record, side, { draft, choice: move, lockedInAtMs, idleTurns: 0 });
  return { kind: 'changed', record: next(endTurnIfReady(chosen, now)) };
}

/** Ends a turn whose time is over: default moves for missing choices, defeat for idle sides. */
export function timeOut(
  record: BattleRecord,
  nowMs: number,
  rules: TurnRules,
): BattleRecord | null {
  if (record.endedAtMs !== null || nowMs < record.turnEndsAtMs) return null;
  const decided = ([0, 1] as const).reduce((current, side) => completeMove(current, side), record);
  const resolved = endTurnIfReady(decided, { nowMs, rules });
  return next(forfeitIdle(resolved, nowMs));
}

/** A time when the bot was not running and nobody could tap, in ms since the epoch. */
export interface Downtime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Extends the turn by the time that a downtime took; null if none, or compensated already. */
export function compensateDowntime(record: BattleRecord, downtime: Downtime): BattleRecord | null {
  const { fromMs, toMs } = downtime;
  const { turnStartedAtMs, turnEndsAtMs, clockStoppedUntilMs } = record;
  const overlaps = turnStartedAtMs < toMs && turnEndsAtMs > fromMs;
  if (record.endedAtMs !== null || !overlaps || toMs <= clockStoppedUntilMs) return null;
  const lostMs = toMs - Math.max(fromMs, turnStartedAtMs, clockStoppedUntilMs);
  return next({ ...record, turnEndsAtMs: turnEndsAtMs + lostMs, clockStoppedUntilMs: toMs });
}

export function surrender(record: BattleRecord, side: Side, nowMs: number): BattleRecord | null {
  if (record.endedAtMs !== null) return null;
  return next(giveUp(record, { side, reason: 'surrender' }, nowMs));
}

/** An operator ends the battle: nobody wins. */
export function endAsDraw(record: BattleRecord, nowMs: number): BattleRecord | null {
  if (record.endedAtMs !== null) return null;
  return next(giveUp(record, { side: null, reason: 'operator' }, nowMs));
}

/** How long a side with a complete move waited for the next turn or the end; else 0. */
export function waitedMs(after: BattleRecord, before: BattleRecord, side: Side): number {
  const { lockedInAtMs } = before.sides[side];
  const wentOn = after.battle.turn !== before.battle.turn || after.endedAtMs !== before.endedAtMs;
  if (lockedInAtMs === null || !wentOn) return 0;
  return Math.max(0, (after.endedAtMs ?? after.turnStartedAtMs) - lockedInAtMs);
}

export function markSettled(record: BattleRecord): BattleRecord {
  return next({ ...record, settled: true });
}

function rulesFor({ battle }: BattleRecord): Rules {
  return rulesOf(battle.rules);
}

export function next(record: BattleRecord): BattleRecord {
  return { ...record, version: record.version + 1 };
}

export function withSide(
  record: BattleRecord,
  side: Side,
  change: Partial<SideRecord>,
): BattleRecord {
  const [first, second] = record.sides;
  const sides: BattleRecord['sides'] =
    side === 0 ? [{ ...first, ...change }, second] : [first, { ...second, ...change }];
  return { ...record, sides };
}

function moveOf({ strike, guard, technique }: Draft): Move | null {
  return strike === null || guard === null ? null : { strike, guard, technique };
}

/** A draft with its gaps filled by the default move. */
function completed(record: BattleRecord, side: Side, draft: Draft): Move {
  const fallback = rulesFor(record).defaultMove(record.battle, side);
  return {
    strike: draft.strike ?? fallback.strike,
    guard: draft.guard ?? fallback.guard,
    technique: draft.technique,
  };
}

/** Completes the move of a side; a side without any tap was idle. */
function completeMove(record: BattleRecord, side: Side): BattleRecord {
  const { choice, draft, idleTurns } = record.sides[side];
  if (choice !== null || kindOfSide(record.sides[side]) !== 'character') return record;
  const touched = isTouched(draft);
  const decided = touched
    ? completed(record, side, draft)
    : rulesFor(record).defaultMove(record.battle, side);
  return withSide(record, side, { choice: decided, idleTurns: touched ? 0 : idleTurns + 1 });
}

function endTurnIfReady(record: BattleRecord, now: Now): BattleRecord {
  const moves = [moveFor(record, 0), moveFor(record, 1)] as const;
  if (moves[0] === null || moves[1] === null) return record;
  const input: Input = { kind: 'exchange', moves: [moves[0], moves[1]] };
  const { battle, events } = rulesFor(record).resolveExchange(record.battle, input.moves);
  return {
    ...record,
    battle,
    lastEvents: events,
    inputs: [...record.inputs, input],
    sides: [afterExchange(record.sides[0]), afterExchange(record.sides[1])],
    turnStartedAtMs: now.nowMs,
    turnEndsAtMs: now.nowMs + now.rules.turnMs,
    endedAtMs: battle.outcome === null ? null : now.nowMs,
  };
}

function isTouched({ strike, guard, technique }: Draft): boolean {
  return strike !== null || guard !== null || technique !== null;
}

function afterExchange(side: SideRecord): SideRecord {
  const { ownMoves, draft } = side;
  const counted = ownMoves === null ? null : ownMoves + Number(isTouched(draft));
  return { ...side, ...noChoice, ownMoves: counted };
}

function moveFor(record: BattleRecord, side: Side): Move | null {
  const { monster, choice } = record.sides[side];
  if (kindOfSide(record.sides[side]) === 'character') return choice;
  const history = record.inputs.flatMap((one) => (one.kind === 'exchange' ? [one.moves] : []));
  if (monster !== null) return monsterMove(monster, { battle: record.battle, side, history });
  const { shadowMoves } = rulesFor(record);
  return shadowMoves[levelOfShadow(record.sheets[side])](record.battle, side, history);
}

/** An idle side loses; if both are idle nobody wins. */
function forfeitIdle(record: BattleRecord, nowMs: number): BattleRecord {
  if (record.endedAtMs !== null) return record;
  const [loser, other] = ([0, 1] as const).filter(
    (side) => record.sides[side].idleTurns >= record.maxIdleTurns,
  );
  if (loser === undefined) return record;
  return giveUp(record, { side: other === undefined ? loser : null, reason: 'idle' }, nowMs);
}

function giveUp(
  record: BattleRecord,
  how: { readonly side: Side | null; readonly reason: ForfeitReason },
  nowMs: number,
): BattleRecord {
  const { battle, events } = rulesFor(record).forfeit(record.battle, how.side, how.reason);
  const input: Input = { kind: 'forfeit', ...how };
  return {
    ...record,
    battle,
    lastEvents: [...record.lastEvents, ...events],
    inputs: [...record.inputs, input],
    endedAtMs: nowMs,
  };
}

/** Whether this change completed the move of a side, in an exchange that goes on. */
export function hasCompletedMove(after: BattleRecord, before: BattleRecord, side: Side): boolean {
  return before.sides[side].choice === null && after.sides[side].choice !== null;
}

/** Whether an exchange was fought in between, or the turn was extended. */
export function isNewTurn(after: BattleRecord, before: BattleRecord): boolean {
  return after.battle.turn !== before.battle.turn || after.turnEndsAtMs !== before.turnEndsAtMs;
}
