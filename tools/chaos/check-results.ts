import { battleSides, battles } from '../../database/schema.ts';
import { archivedBattleOf } from '../../domains/combat/battle-archive.ts';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { kindOfBattle } from '../../domains/combat/side-kind.ts';
import { battleRecords } from './battle-records.ts';
import { isSame } from './is-same.ts';
import { checkRecords } from './check-records.ts';
import type { BattleHistory } from './battle-history.ts';
import type { OpenStores } from './check-arena.ts';
import { type Violation, violation } from './violation.ts';

export interface Results {
  readonly ended: number;
  readonly unended: number;
  readonly withShadow: number;
  readonly turns: number;
  readonly stored: number;
  readonly violations: readonly Violation[];
}

type BattleRow = typeof battles.$inferSelect;
type SideRow = typeof battleSides.$inferSelect;

/**
 * Compares every battle in Redis with the database; all battles should have ended by then. Of battles that
 * were lost with everything in Redis only those are compared that the database has.
 */
export async function checkResults(
  { redis, db }: OpenStores,
  history: Pick<BattleHistory, 'lostBattle'>,
): Promise<Results> {
  const present = await battleRecords(redis);
  const rows = await db.select().from(battles);
  const sides = await db.select().from(battleSides);
  const known = new Set(present.map(({ id }) => id));
  const lost = rows.flatMap(({ id }) => (known.has(id) ? [] : (history.lostBattle(id) ?? [])));
  const records = [...present, ...lost];
  const ended = records.filter((one) => one.endedAtMs !== null);
  return {
    ended: ended.length,
    unended: records.length - ended.length,
    withShadow: ended.filter((one) => kindOfBattle(one) === 'shadow').length,
    turns: ended.reduce((sum, one) => sum + one.inputs.length, 0),
    stored: rows.length,
    violations: [...resultViolations({ records, rows, sides }), ...(await checkRecords(db))],
  };
}

interface StoredBattles {
  readonly records: readonly BattleRecord[];
  readonly rows: readonly BattleRow[];
  readonly sides: readonly SideRow[];
}

function resultViolations({ records, rows, sides }: StoredBattles): Violation[] {
  const known = new Set(records.map(({ id }) => id));
  const timesOf = new Map<string, number>();
  for (const { seed } of rows) timesOf.set(seed, (timesOf.get(seed) ?? 0) + 1);
  return [
    ...records.flatMap((record) => recordViolations(record, { rows, sides })),
    ...rows
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => violation('every result stored once', `battle ${id} is missing in Redis`)),
    ...[...timesOf]
      .filter(([, times]) => times > 1)
      .map(([seed, times]) =>
        violation('every result stored once', `${times} rows of one battle, seed ${seed}`),
      ),
  ];
}

function recordViolations(
  record: BattleRecord,
  { rows, sides }: Omit<StoredBattles, 'records'>,
): Violation[] {
  const { id } = record;
  const archived = archivedBattleOf(record);
  if (archived === null) return [violation('every battle ends', `battle ${id} has not ended`)];
  const row = rows.find((one) => one.id === id);
  if (row === undefined)
    return [violation('every result stored once', `battle ${id} has ended and is not stored`)];
  const { seed, inputs, outcome, turns } = archived;
  const asFought = isSame(
    { seed, inputs, outcome, turns },
    { seed: row.seed, inputs: row.inputs, outcome: row.outcome, turns: row.turns },
  );
  const fighters = archived.sides.map(({ charId, result }, side) => ({ side, charId, result }));
  const stored = sides
    .filter((one) => one.battle_id === id)
    .map(({ side, character_id: charId, result }) => ({ side, charId, result }))
    .toSorted((one, other) => one.side - other.side);
  return [
    ...(asFought
      ? []
      : [
          violation(
            'every result stored once',
            `battle ${id} is stored differently from the fight`,
          ),
        ]),
    ...(isSame(fighters, stored)
      ? []
      : [violation('every result stored once', `battle ${id} is stored with different sides`)]),
  ];
}
