import { z } from 'zod';
import { genderSchema } from '../account/account-context.ts';
import { type Mode, modeSchema } from '../core/mode.ts';
import {
  type Outcome,
  type ShadowLevel,
  type Side,
  battleSchema,
  fighterSheetSchema,
  inputSchema,
  outcomeSchema,
  rulesVersionSchema,
} from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import { monsterSchema } from './monster.ts';

export const battleResults = ['won', 'lost', 'drawn'] as const;
export type BattleResult = (typeof battleResults)[number];

export const archivedSideSchema = z.strictObject({
  /** null: the Shadow or a monster; see `kindOfSide`. */
  charId: z.int().nullable(),
  userId: z.int().nullable(),
  /** null: a character or the Shadow. */
  monster: monsterSchema.nullable().default(null),
  name: z.string(),
  /** null: not known, as in battles that earlier releases stored. */
  gender: genderSchema.nullable().default(null),
  gs: z.int(),
  result: z.enum(battleResults),
  /** Exchanges in which the side chose at least a part of its move; null: as for `gender`. */
  ownMoves: z.int().nullable().default(null),
});
export type ArchivedSide = z.infer<typeof archivedSideSchema>;

/** The side of a user whose data was erased: no character has this number. Read as "deleted player". */
export const erasedSide = { charId: 0, userId: null, name: '', gender: null } as const;

export function isErased({ charId }: Pick<ArchivedSide, 'charId'>): boolean {
  return charId === erasedSide.charId;
}

/** A complete ended battle: seed, sheets and inputs replay to the outcome. */
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
  /** Whether a turn was extended because of a downtime; false in battles of earlier releases. */
  hadOutage: z.boolean().default(false),
  sides: z.tuple([archivedSideSchema, archivedSideSchema]),
});
export type ArchivedBattle = z.infer<typeof archivedBattleSchema>;

export type BattleSummary = {
  readonly id: string;
  readonly endedAtMs: number;
  /** The side of the character whose history this is. */
  readonly side: Side;
  readonly own: ArchivedSide;
  readonly opponent: ArchivedSide;
} & (
  | {
      readonly kind: 'whole';
      readonly mode: Mode;
      readonly reason: Outcome['reason'];
      readonly turns: number;
      /** The level of the Shadow; null: another opponent. */
      readonly shadow: ShadowLevel | null;
    }
  /** The battle itself cannot be read. */
  | { readonly kind: 'damaged' }
);

/** The battle at the edge of a page: the next page starts beside it. */
export interface BattleCursor {
  readonly endedAtMs: number;
  readonly id: string;
}

/** The latest battles, or those next to a battle in either direction. */
export type PageRequest = { readonly limit: number } & (
  { readonly kind: 'latest' } | { readonly kind: 'older' | 'newer'; readonly than: BattleCursor }
);

export interface BattlePage {
  /** Latest first. */
  readonly battles: BattleSummary[];
  /** null: there are no newer battles. */
  readonly newer: BattleCursor | null;
  /** null: there are no older battles. */
  readonly older: BattleCursor | null;
}

/** A battle is in the archive, but its data cannot be read. */
export class DamagedBattleError extends Error {
  override readonly name = 'DamagedBattleError';
  readonly battleId: string;
  constructor(battleId: string, cause: unknown) {
    super(`Archived battle ${battleId} cannot be read`, { cause });
    this.battleId = battleId;
  }
}

export interface BattleArchive {
  /** 'known' if the archive has a battle with this id already, which stays unchanged. */
  store(battle: ArchivedBattle): Promise<'stored' | 'known'>;
  /** Raises DamagedBattleError. */
  find(id: string): Promise<ArchivedBattle | null>;
  /** New battles do not shift the pages with older ones. */
  listOf(charId: number, request: PageRequest): Promise<BattlePage>;
  /**
   * How many battles of the arena the character has finished; counts up to `atMost`. A fight against the
   * Shadow that was surrendered before its first exchange does not count.
   */
  countOf(charId: number, atMost: number): Promise<number>;
}

/** `found`: nearest to the cursor first, one more than the limit if there are more. */
export function pageOf(found: readonly BattleSummary[], request: PageRequest): BattlePage {
  const battles = found.slice(0, request.limit);
  if (request.kind === 'newer') battles.reverse();
  const [first, last] = [cursorOf(battles.at(0)), cursorOf(battles.at(-1))];
  const isMore = found.length > request.limit;
  // The battle of the cursor lies beyond this page, so its direction always has another page.
  const newer = request.kind === 'older' || (request.kind === 'newer' && isMore) ? first : null;
  const older = request.kind === 'newer' || isMore ? last : null;
  return { battles, newer, older };
}

function cursorOf(battle: BattleSummary | undefined): BattleCursor | null {
  return battle === undefined ? null : { endedAtMs: battle.endedAtMs, id: battle.id };
}

/** null: the battle has not ended. */
export function archivedBattleOf(record: BattleRecord): ArchivedBattle | null {
  const { id, mode, sheets, inputs, battle, startedAtMs } = record;
  const { rules, seed, turn, outcome } = battle;
  if (outcome === null || record.endedAtMs === null) return null;
  // The clock of the process that ended it may be behind.
  const endedAtMs = Math.max(record.endedAtMs, startedAtMs);
  const { sides } = record;
  return {
    id,
    mode,
    rules,
    seed,
    sheets,
    inputs,
    outcome,
    startedAtMs,
    endedAtMs,
    turns: turn,
    // Only a downtime sets it.
    hadOutage: record.clockStoppedUntilMs > 0,
    sides: [
      archivedSide(sides[0], resultOf(outcome, 0)),
      archivedSide(sides[1], resultOf(outcome, 1)),
    ],
  };
}

function archivedSide(
  { charId, userId, monster, name, gender, gs, ownMoves }: BattleRecord['sides'][Side],
  result: BattleResult,
): ArchivedSide {
  return { charId, userId, monster, name, gender, gs, result, ownMoves };
}

function resultOf({ winner }: Outcome, side: Side): BattleResult {
  if (winner === null) return 'drawn';
  return winner === side ? 'won' : 'lost';
}
