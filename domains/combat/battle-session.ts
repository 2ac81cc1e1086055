import {
  type Battle,
  type BattleEvent,
  type FighterSheet,
  type Input,
  type Move,
  type Side,
} from './battle.ts';
import type { BattleRecord, Draft, SideRecord } from './battle-record.ts';
import type { Rules } from './rules/rules.ts';
import { CURRENT_RULES, rulesOf } from './rules/rules-of.ts';
import type { AccountState } from '../account/account-context.ts';
import type { Mode } from '../core/mode.ts';

/** The clock's rules of a battle. */
export interface TurnRules {
  readonly turnMs: number;
  /** So many turns in a row without a tap lose the battle. */
  readonly maxIdleTurns: number;
}

export interface SideSetup {
  readonly charId: number;
  readonly userId: number | null;
  readonly name: string;
  readonly gs: number;
  readonly returnState: AccountState;
  readonly sheet: FighterSheet;
}

export interface BattleSetup {
  readonly id: string;
  readonly seed: string;
  readonly mode: Mode;
  readonly first: SideSetup;
  /** null: the Shadow of the first. */
  readonly second: SideSetup | null;
}

/** One tap of a side: a part of its move. */
export type Choice = Partial<Draft>;

export type ChoiceReply =
  | { readonly kind: 'changed'; readonly record: BattleRecord }
  /** The tap was made against another turn, or the move is locked in. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'illegal' };

const emptyDraft: Draft = { strike: null, guard: null, technique: null };

/** Pure rules around the engine: who has chosen, whose clock ran out, what is stored next. */
export function openBattle(setup: BattleSetup, nowMs: number, rules: TurnRules): BattleRecord {
  const second = setup.second ?? setup.first;
  const sheets: BattleRecord['sheets'] = [setup.first.sheet, second.sheet];
  return {
    schema: 1,
    id: setup.id,
    version: 1,
    mode: setup.mode,
    sides: [sideOf(setup.first), setup.second === null ? shadowOf(setup.first) : sideOf(second)],
    sheets,
    inputs: [],
    battle: rulesOf(CURRENT_RULES).startBattle(setup.seed, sheets),
    lastEvents: [],
    startedAtMs: nowMs,
    turnStartedAtMs: nowMs,
    turnEndsAtMs: nowMs + rules.turnMs,
    clockStoppedUntilMs: 0,
    endedAtMs: null,
    settled: false,
  };
}

/** The side that a character fights on; null if it is not his battle. */
export function sideOfCharacter(record: BattleRecord, charId: number): Side | null {
  if (record.sides[0].charId === charId) return 0;
  return record.sides[1].charId === charId ? 1 : null;
}

export function otherSide(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/** Whether a side may still tap in this turn. */
export function isChoosing(record: BattleRecord, side: Side, turn: number): boolean {
  return (
    record.endedAtMs === null && record.battle.turn === turn && record.sides[side].choice === null
  );
}

/** Adds a tap to a side's move; the move locks in with strike and guard, the turn ends with both moves. */
export function choose(
  record: BattleRecord,
  tap: { readonly side: Side; readonly turn: number; readonly choice: Choice },
  at: { readonly nowMs: number; readonly rules: TurnRules },
): ChoiceReply {
  const { side, turn, choice } = tap;
  if (!isChoosing(record, side, turn)) return { kind: 'stale' };
  const draft = { ...record.sides[side].draft, ...choice };
  if (!rulesFor(record).isLegal(record.battle, side, completed(record, side, draft)))
    return { kind: 'illegal' };
  const move = moveOf(draft);
  const lockedInAtMs = move === null ? null : at.nowMs;
  const chosen = withSide(record, side, { draft, choice: move, lockedInAtMs, idleTurns: 0 });
  return { kind: 'changed', record: next(endTurnIfReady(chosen, at)) };
}

/** Ends a turn whose clock ran out: default moves for who has not chosen, defeat for the absent. */
export function timeOut(
  record: BattleRecord,
  nowMs: number,
  rules: TurnRules,
): BattleRecord | null {
  if (record.endedAtMs !== null || nowMs < record.turnEndsAtMs) return null;
  const decided = ([0, 1] as const).reduce((current, side) => completeMove(current, side), record);
  const resolved = endTurnIfReady(decided, { nowMs, rules });
  return next(forfeitIdle(resolved, { nowMs, rules }));
}

/** A time in which the bot was away and nobody could tap. */
export interface Downtime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Gives the turn's clock back what an outage took from it; null if it took nothing (any more). */
export function compensateDowntime(record: BattleRecord, outage: Downtime): BattleRecord | null {
  const { turnStartedAtMs, turnEndsAtMs, clockStoppedUntilMs } = record;
  const touched = turnStartedAtMs < outage.toMs && turnEndsAtMs > outage.fromMs;
  if (record.endedAtMs !== null || !touched || outage.toMs <= clockStoppedUntilMs) return null;
  const lostMs = outage.toMs - Math.max(outage.fromMs, turnStartedAtMs, clockStoppedUntilMs);
  return next({
    ...record,
    turnEndsAtMs: turnEndsAtMs + lostMs,
    clockStoppedUntilMs: outage.toMs,
  });
}

export function surrender(record: BattleRecord, side: Side, nowMs: number): BattleRecord | null {
  if (record.endedAtMs !== null) return null;
  return next(giveUp(record, { side, reason: 'surrender' }, nowMs));
}

/** How long a side has waited, with its move locked in, for what came next: a turn or the end; 0 if it did not. */
export function waitedMs(after: BattleRecord, before: BattleRecord, side: Side): number {
  const { lockedInAtMs } = before.sides[side];
  const wentOn = after.battle.turn !== before.battle.turn || after.endedAtMs !== before.endedAtMs;
  if (lockedInAtMs === null || !wentOn) return 0;
  return Math.max(0, (after.endedAtMs ?? after.turnStartedAtMs) - lockedInAtMs);
}

export function markSettled(record: BattleRecord): BattleRecord {
  return next({ ...record, settled: true });
}

/** Those that the battle began by, whatever new ones begin by. */
function rulesFor({ battle }: BattleRecord): Rules {
  return rulesOf(battle.rules);
}

function sideOf({ charId, userId, name, gs, returnState }: SideSetup): SideRecord {
  const clean = { draft: emptyDraft, choice: null, lockedInAtMs: null, idleTurns: 0 };
  return { charId, userId, name, gs, returnState, ...clean };
}

function shadowOf(owner: SideSetup): SideRecord {
  return { ...sideOf(owner), charId: null, userId: null };
}

function next(record: BattleRecord): BattleRecord {
  return { ...record, version: record.version + 1 };
}

function withSide(record: BattleRecord, side: Side, change: Partial<SideRecord>): BattleRecord {
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

/** Whoever tapped anything gets his move completed; whoever tapped nothing was idle. */
function completeMove(record: BattleRecord, side: Side): BattleRecord {
  const { choice, draft, charId, idleTurns } = record.sides[side];
  if (choice !== null || charId === null) return record;
  const touched = draft.strike !== null || draft.guard !== null || draft.technique !== null;
  const decided = touched
    ? completed(record, side, draft)
    : rulesFor(record).defaultMove(record.battle, side);
  return withSide(record, side, { choice: decided, idleTurns: touched ? 0 : idleTurns + 1 });
}

function endTurnIfReady(
  record: BattleRecord,
  at: { readonly nowMs: number; readonly rules: TurnRules },
): BattleRecord {
  const moves = [moveFor(record, 0), moveFor(record, 1)] as const;
  if (moves[0] === null || moves[1] === null) return record;
  const input: Input = { kind: 'exchange', moves: [moves[0], moves[1]] };
  const result = rulesFor(record).resolveExchange(record.battle, input.moves);
  return advance(record, { ...result, input }, at);
}

function moveFor(record: BattleRecord, side: Side): Move | null {
  const { charId, choice } = record.sides[side];
  if (charId !== null) return choice;
  return rulesFor(record).shadowMove(record.battle, side, pastMoves(record));
}

function pastMoves(record: BattleRecord): (readonly [Move, Move])[] {
  return record.inputs.flatMap((input) => (input.kind === 'exchange' ? [input.moves] : []));
}

function advance(
  record: BattleRecord,
  result: { readonly battle: Battle; readonly events: BattleEvent[]; readonly input: Input },
  at: { readonly nowMs: number; readonly rules: TurnRules },
): BattleRecord {
  const clean = { draft: emptyDraft, choice: null, lockedInAtMs: null };
  return {
    ...record,
    battle: result.battle,
    lastEvents: result.events,
    inputs: [...record.inputs, result.input],
    sides: [
      { ...record.sides[0], ...clean },
      { ...record.sides[1], ...clean },
    ],
    turnStartedAtMs: at.nowMs,
    turnEndsAtMs: at.nowMs + at.rules.turnMs,
    endedAtMs: result.battle.outcome === null ? null : at.nowMs,
  };
}

/** The absent lose; when both are absent nobody wins. */
function forfeitIdle(
  record: BattleRecord,
  at: { readonly nowMs: number; readonly rules: TurnRules },
): BattleRecord {
  if (record.endedAtMs !== null) return record;
  const [loser, other] = ([0, 1] as const).filter(
    (side) => record.sides[side].idleTurns >= at.rules.maxIdleTurns,
  );
  if (loser === undefined) return record;
  return giveUp(record, { side: other === undefined ? loser : null, reason: 'idle' }, at.nowMs);
}

function giveUp(
  record: BattleRecord,
  how: { readonly side: Side | null; readonly reason: 'surrender' | 'idle' },
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

/** Whether an exchange was fought in between, or the clock of the turn changed. */
export function isNewTurn(after: BattleRecord, before: BattleRecord): boolean {
  return after.battle.turn !== before.battle.turn || after.turnEndsAtMs !== before.turnEndsAtMs;
}
