import { isNotNull } from 'drizzle-orm';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import type { Database } from '../../database/database.ts';
import { journeys } from '../../database/schema-journeys.ts';
import { battleSides } from '../../database/schema.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { isWild } from '../../domains/combat/side-kind.ts';
import { WILD_SIDE, wildGrantId } from '../../domains/exploration/wild-rewards.ts';
import { encounterSchema } from '../../domains/inventory/travel.ts';
import { battleRecords } from './battle-records.ts';
import type { OpenStores, Stores } from './check-arena.ts';
import { repairLocations } from './check-locations.ts';
import { type Earned, type EarnedByAll, type GrantRow, readEarned } from './earned.ts';
import { type Violation, violation } from './violation.ts';
import { recomputed } from './wild-grants.ts';

export interface WorldCheck {
  /** Grants of steps, and visits to a healer who is paid. */
  readonly steps: number;
  readonly battles: number;
  readonly won: number;
  /** Of those battles. */
  readonly grants: number;
  /** Sessions that missed a step, which the next look at the world copied. */
  readonly repaired: number;
  readonly violations: readonly Violation[];
}

/** What characters did in the world, beside what `auditEarned` counts. Repairs sessions. */
export async function checkWorld(stores: OpenStores): Promise<WorldCheck> {
  const all = await readEarned(stores.db);
  const battles = await storedWildBattles(stores.db);
  const sessions = await repairLocations(stores, all);
  const granted = all.characters.flatMap(wildGrants);
  return {
    steps: all.characters.reduce((sum, one) => sum + stepsOf(one), 0),
    battles: battles.length,
    won: battles.filter(({ sides }) => sides[WILD_SIDE].result === 'won').length,
    grants: granted.length,
    repaired: sessions.repaired,
    violations: [...grantViolations(all, battles), ...sessions.violations],
  };
}

/** While battles go on: each against a monster is of the encounter that its character has. */
export async function checkEncounters({ redis, db }: Stores): Promise<Violation[]> {
  if (db === null) return [];
  const running = (await battleRecords(redis)).filter((one) => isWild(one) && !hasEnded(one));
  const rows = await db.select().from(journeys);
  return running.flatMap(({ id, sides }) => {
    const { charId } = sides[WILD_SIDE];
    const row = rows.find((one) => one.character_id === charId);
    const met = encounterSchema.safeParse(row?.encounter);
    if (met.success && met.data.id === id) return [];
    const detail = `character ${String(charId)} fights ${id}, and meets ${JSON.stringify(row?.encounter)}`;
    return [violation('every encounter fought once', detail)];
  });
}

const hasEnded = ({ endedAtMs }: { readonly endedAtMs: number | null }) => endedAtMs !== null;

async function storedWildBattles(db: Database): Promise<ArchivedBattle[]> {
  const archive = new SqlBattleArchive(db);
  const sides = await db.select().from(battleSides).where(isNotNull(battleSides.monster));
  const found = await Promise.all(sides.map(({ battle_id }) => archive.find(battle_id)));
  return found.flatMap((one) => one ?? []);
}

const stepKinds = new Set(['go', 'seen', 'search', 'gather', 'rest', 'examine', 'materials']);

function stepsOf({ grants, wallet }: Earned): number {
  const granted = grants.filter(({ id }) => stepKinds.has(id.split(':')[0] ?? ''));
  return granted.length + wallet.filter(({ reason }) => reason === 'heal').length;
}

function wildGrants({ grants }: Earned): GrantRow[] {
  return grants.filter(({ contents }) => contents.wild !== null);
}

/** In the order of the battles of each character, as a win counts those before it. */
function grantViolations(
  { characters }: EarnedByAll,
  battles: readonly ArchivedBattle[],
): Violation[] {
  const byGrant = new Map(battles.map((one) => [wildGrantId(one.id), one]));
  return characters.flatMap((earned) => {
    const own = battles.filter(({ sides }) => sides[WILD_SIDE].charId === earned.charId);
    const granted = new Map(earned.grants.map((one) => [one.id, one]));
    const paid = own.flatMap((battle) => {
      const grant = granted.get(wildGrantId(battle.id));
      return grant === undefined ? [] : [{ battle, grant }];
    });
    const foreign = wildGrants(earned).filter(({ id }) => !byGrant.has(id));
    return [
      ...recomputed(earned, paid),
      ...foreign.map(({ id }) => `${id} is of no battle against a monster`),
    ].map((what) =>
      violation('every wild battle paid as won', `character ${earned.charId}: ${what}`),
    );
  });
}
