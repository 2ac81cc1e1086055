import { z } from 'zod';
import { type Mode, modeSchema } from '../core/mode.ts';
import {
  type BattleEvent,
  type Outcome,
  type Side,
  battleSchema,
  fighterSheetSchema,
  inputSchema,
  outcomeSchema,
} from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import { replay as replayInputs } from './engine.ts';

/** What a battle was for a side. */
export const battleResults = ['won', 'lost', 'drawn'] as const;
export type BattleResult = (typeof battleResults)[number];

export const archivedSideSchema = z.strictObject({
  /** null: the Shadow. */
  charId: z.int().nullable(),
  userId: z.int().nullable(),
  name: z.string(),
  gs: z.int(),
  result: z.enum(battleResults),
});
export type ArchivedSide = z.infer<typeof archivedSideSchema>;

/** An ended battle, complete: seed, sheets and inputs replay to the outcome. */
export const archivedBattleSchema = z.strictObject({
  id: z.string(),
  mode: modeSchema,
  rules: battleSchema.shape.rules,
  seed: battleSchema.shape.seed,
  sheets: z.tuple([fighterSheetSchema, fighterSheetSchema]),
  inputs: z.array(inputSchema),
  outcome: outcomeSchema,
  turns: z.int().min(1),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  sides: z.tuple([archivedSideSchema, archivedSideSchema]),
});
export type ArchivedBattle = z.infer<typeof archivedBattleSchema>;

/** A battle in the history of one of its characters. */
export interface BattleSummary {
  readonly id: string;
  readonly mode: Mode;
  readonly reason: Outcome['reason'];
  readonly turns: number;
  readonly endedAtMs: number;
  /** The character's side. */
  readonly side: Side;
  readonly own: ArchivedSide;
  readonly foe: ArchivedSide;
}

/** The last battle of a page; the next one begins before it. */
export interface BattleCursor {
  readonly endedAtMs: number;
  readonly id: string;
}

export interface BattlePage {
  readonly battles: BattleSummary[];
  /** null: these were the last. */
  readonly next: BattleCursor | null;
}

/** Ended battles for good. */
export interface BattleArchive {
  /** Written once: 'known' if the archive has a battle of this id, which stays as it is. */
  store(battle: ArchivedBattle): Promise<'stored' | 'known'>;
  find(id: string): Promise<ArchivedBattle | null>;
  /** A character's battles, the latest first; new ones do not move the pages that follow. */
  listOf(
    charId: number,
    page: { readonly before: BattleCursor | null; readonly limit: number },
  ): Promise<BattlePage>;
}

/** What is kept of a battle; null while it has not ended. */
export function archivedBattleOf(record: BattleRecord): ArchivedBattle | null {
  const { id, mode, sheets, inputs, battle, startedAtMs } = record;
  const { rules, seed, turn, outcome } = battle;
  if (outcome === null || record.endedAtMs === null) return null;
  // The machine that ended it may be behind the one that began it.
  const endedAtMs = Math.max(record.endedAtMs, startedAtMs);
  const { sides } = record;
  return {
    ...{ id, mode, rules, seed, sheets, inputs, outcome, startedAtMs, endedAtMs },
    turns: turn,
    sides: [
      archivedSide(sides[0], resultOf(outcome, 0)),
      archivedSide(sides[1], resultOf(outcome, 1)),
    ],
  };
}

/** The battle once more: the events of each exchange in turn, and how it ended. Pure. */
export function replay(archived: Pick<ArchivedBattle, 'rules' | 'seed' | 'sheets' | 'inputs'>): {
  readonly exchanges: BattleEvent[][];
  /** null where the inputs do not lead to an end: then the archive is damaged. */
  readonly outcome: Outcome | null;
} {
  const { battle, events } = replayInputs(archived);
  return { exchanges: events, outcome: battle.outcome };
}

function archivedSide(
  { charId, userId, name, gs }: BattleRecord['sides'][Side],
  result: BattleResult,
): ArchivedSide {
  return { charId, userId, name, gs, result };
}

function resultOf({ winner }: Outcome, side: Side): BattleResult {
  if (winner === null) return 'drawn';
  return winner === side ? 'won' : 'lost';
}
