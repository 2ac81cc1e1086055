import { z } from 'zod';
import { type Mode, modeSchema } from '../core/mode.ts';
import {
  type Outcome,
  type Side,
  battleSchema,
  fighterSheetSchema,
  inputSchema,
  outcomeSchema,
  rulesVersionSchema,
} from './battle.ts';
import type { BattleRecord } from './battle-record.ts';

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
  rules: rulesVersionSchema,
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
export type BattleSummary = {
  readonly id: string;
  readonly endedAtMs: number;
  /** The character's side. */
  readonly side: Side;
  readonly own: ArchivedSide;
  readonly opponent: ArchivedSide;
} & (
  | {
      readonly kind: 'whole';
      readonly mode: Mode;
      readonly reason: Outcome['reason'];
      readonly turns: number;
    }
  /** What is kept of the battle itself cannot be read. */
  | { readonly kind: 'damaged' }
);

/** A battle at the end of a page: the next page begins beside it. */
export interface BattleCursor {
  readonly endedAtMs: number;
  readonly id: string;
}

/** Which page of a history: the latest battles, or those next to a battle on either side of it. */
export type PageRequest = { readonly limit: number } & (
  { readonly kind: 'latest' } | { readonly kind: 'older' | 'newer'; readonly than: BattleCursor }
);

export interface BattlePage {
  /** The latest first. */
  readonly battles: BattleSummary[];
  /** Where newer ones go on; null: these are the latest. */
  readonly newer: BattleCursor | null;
  /** null: these are the first that were fought. */
  readonly older: BattleCursor | null;
}

/** Raised for a battle that is kept, but not as it was stored. */
export class DamagedBattleError extends Error {
  override readonly name = 'DamagedBattleError';
  readonly battleId: string;
  constructor(battleId: string, cause: unknown) {
    super(`What is kept of battle ${battleId} cannot be read`, { cause });
    this.battleId = battleId;
  }
}

/** Ended battles for good. */
export interface BattleArchive {
  /** Written once: 'known' if the archive has a battle of this id, which stays as it is. */
  store(battle: ArchivedBattle): Promise<'stored' | 'known'>;
  /** Raises DamagedBattleError. */
  find(id: string): Promise<ArchivedBattle | null>;
  /** A page of a character's battles; new ones do not move the pages that are older. */
  listOf(charId: number, wish: PageRequest): Promise<BattlePage>;
}

/** The page that a wish is answered with. `found`: nearest first, one more than the limit if there are more. */
export function pageOf(found: readonly BattleSummary[], wish: PageRequest): BattlePage {
  const battles = found.slice(0, wish.limit);
  if (wish.kind === 'newer') battles.reverse();
  const [first, last] = [cursorOf(battles.at(0)), cursorOf(battles.at(-1))];
  const isMore = found.length > wish.limit;
  // Whoever comes from a battle can go back to it.
  const newer = wish.kind === 'older' || (wish.kind === 'newer' && isMore) ? first : null;
  const older = wish.kind === 'newer' || isMore ? last : null;
  return { battles, newer, older };
}

function cursorOf(battle: BattleSummary | undefined): BattleCursor | null {
  return battle === undefined ? null : { endedAtMs: battle.endedAtMs, id: battle.id };
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
