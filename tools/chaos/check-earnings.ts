import type { Database } from '../../database/database.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { pendingHandlers } from '../../database/schema.ts';
import type { AccountContext } from '../../domains/account/account-context.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { JourneyService } from '../../domains/inventory/journey-service.ts';
import type { Earnings } from '../../domains/inventory/journey.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { auditEarned } from './audit.ts';
import { readEarned } from './earned.ts';
import type { BattleHistory } from './battle-history.ts';
import { type OpenStores, readSession } from './check-arena.ts';
import { isSame } from './is-same.ts';
import { type Violation, violation } from './violation.ts';

export interface EarningsCheck {
  /** Sides of battles that were paid. */
  readonly paid: number;
  /** Battles that the older release ended, which pays nothing. */
  readonly unpaid: number;
  /** Items ever made. */
  readonly items: number;
  /** Sessions that missed a change, which the next screen copied. */
  readonly repaired: number;
  readonly violations: readonly Violation[];
}

/** What characters have earned, in the database and in their sessions. Repairs sessions: to be called last. */
export async function checkEarnings(
  stores: OpenStores,
  history: Pick<BattleHistory, 'isOfOlderRelease'>,
): Promise<EarningsCheck> {
  const earned = await readEarned(stores.db);
  const audit = auditEarned(earned, ({ battle_id: id }) => history.isOfOlderRelease(id));
  const playable = earned.characters.filter(({ archetype }) => archetype !== null);
  const service = journeysOf(stores);
  const sessions = await Promise.all(
    playable.map(({ charId }) => checkSession(stores, { service, charId })),
  );
  return {
    paid: audit.paid,
    unpaid: audit.unpaid.length,
    items: earned.characters.reduce((sum, { items }) => sum + items.length, 0),
    repaired: sessions.filter(({ isRepaired }) => isRepaired).length,
    violations: [...audit.violations, ...sessions.flatMap(({ violations }) => violations)],
  };
}

/** Handlers that are repeated until they succeed. */
export async function pendingRewards(db: Database): Promise<string[]> {
  const rows = await db.select().from(pendingHandlers);
  return rows.map(({ battle_id, handler }) => `${handler} of ${battle_id}`);
}

const clock: Clock = { now: () => Date.now() };

export function journeysOf({ redis, documents, db }: OpenStores): JourneyService {
  return new JourneyService({
    journeys: new SqlJourneys({ db, clock }),
    accounts: new AccountManager({ client: redis, documents, log: silentLog }),
    lobby: { invalidateCharactersList: () => Promise.resolve() },
    isBusy: () => Promise.resolve(false),
    clock,
    log: silentLog,
  });
}

/** Before and after what every screen with earnings does first. */
async function checkSession(
  stores: OpenStores,
  { service, charId }: { readonly service: JourneyService; readonly charId: number },
) {
  const before = await readSession(stores, charId);
  const wrong = (what: string) =>
    violation('every session as earned', `the session of character ${charId} ${what}`);
  if (before === null) return { isRepaired: false, violations: [] };
  const earnings = await service.read(charId, before).catch(() => 'unavailable' as const);
  if (earnings === 'unavailable')
    return { isRepaired: false, violations: [wrong('cannot be compared with the database')] };
  if (earnings === null) return { isRepaired: false, violations: [] };
  const isAhead = before.gear.version > earnings.gear.version;
  const after = (await readSession(stores, charId)) ?? before;
  return {
    isRepaired: !isAhead && !isSame(before, after),
    violations: [
      ...(isAhead ? [wrong('has a change that the database lacks')] : []),
      ...differences(after, earnings).map((part) => wrong(`has other ${part} than the database`)),
    ],
  };
}

function differences(session: AccountContext, earnings: Earnings): string[] {
  const parts = (['attributes', 'skills', 'loadout', 'gear'] as const).filter(
    (part) => !isSame(session[part], earnings[part]),
  );
  const hasItsStats = isSame(session.stats, characterSheet(session).stats);
  return [...parts, ...(hasItsStats ? [] : ['vitals'])];
}
