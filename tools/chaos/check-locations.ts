import { ExplorationService } from '../../domains/exploration/exploration-service.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { systemClock, systemEntropy } from '../../bot/system.ts';
import { type OpenStores, readSession } from './check-arena.ts';
import { journeysOf } from './check-earnings.ts';
import type { Earned, EarnedByAll } from './earned.ts';
import { type Violation, violation } from './violation.ts';

export interface LocationCheck {
  readonly repaired: number;
  readonly violations: readonly Violation[];
}

/** The place in each live session, before and after what every screen of the world does first. */
export async function repairLocations(
  stores: OpenStores,
  { characters }: EarnedByAll,
): Promise<LocationCheck> {
  const exploration = explorationOf(stores);
  const known = characters.filter(({ row }) => row !== null);
  const checked = await Promise.all(known.map((one) => checkLocation(stores, exploration, one)));
  return {
    repaired: checked.filter(({ isRepaired }) => isRepaired).length,
    violations: checked.flatMap(({ violations }) => violations),
  };
}

async function checkLocation(
  stores: OpenStores,
  exploration: ExplorationService,
  { charId, journey: { travel } }: Earned,
) {
  const before = await readSession(stores, charId);
  if (before === null) return { isRepaired: false, violations: [] };
  await exploration.look({ charId, account: before });
  const after = (await readSession(stores, charId))?.location.current ?? null;
  const wrong = `the session of character ${charId} is in ${String(after)}, the character in ${travel.location}`;
  return {
    isRepaired: before.location.current !== travel.location,
    violations: after === travel.location ? [] : [violation('every session as earned', wrong)],
  };
}

function explorationOf(stores: OpenStores): ExplorationService {
  return new ExplorationService({
    journey: journeysOf(stores),
    accounts: new AccountManager({
      client: stores.redis,
      documents: stores.documents,
      log: silentLog,
    }),
    wild: { start: () => Promise.resolve('not_ready') },
    clock: systemClock,
    entropy: systemEntropy,
  });
}
