import type { Stats } from '../account/account-context.ts';
import { type AccountStore, ifLive } from '../account/account-store.ts';
import type { Played } from '../account/login-service.ts';
import type { Earnings } from '../inventory/journey.ts';
import { storyId } from '../scenario/story-grant.ts';
import { knownStory } from '../scenario/story-here.ts';
import { healedStats, pointsOf, vitalNames } from './rested.ts';

/** In percent. */
export const EVERYTHING = 100;

export type LiveAccounts = Pick<
  AccountStore,
  'setLocation' | 'setScenarioSession' | 'applyHealing' | 'updateStatCurrent'
>;

/** The former place as well, if more than one step was missed. */
export async function copyLocation(
  accounts: Pick<LiveAccounts, 'setLocation'>,
  { location }: Played['account'],
  { charId, journey }: Earnings,
): Promise<void> {
  const { location: current, prev } = journey.travel;
  if (location.current === current) return;
  await ifLive(async () => {
    if (prev !== null && prev !== location.current) await accounts.setLocation(charId, prev);
    await accounts.setLocation(charId, current);
  });
}

/** In what story the character is. */
export async function copyStory(
  accounts: Pick<LiveAccounts, 'setScenarioSession'>,
  { state, sessions }: Played['account'],
  { charId, journey }: Earnings,
): Promise<void> {
  const known = knownStory(journey.stories);
  const id = known === null || known.session.paused ? null : storyId(known.session);
  const stale = id === null ? 'SCENARIO' : 'EXPLORATION';
  if (sessions.scenario_id === id && state !== stale) return;
  await ifLive(() => accounts.setScenarioSession(charId, id));
}

/** In percent: what has come back, and what the step gives. Answers what the vitals are afterwards. */
export async function heal(
  accounts: Pick<LiveAccounts, 'applyHealing' | 'updateStatCurrent'>,
  { charId, stats }: { readonly charId: number; readonly stats: Stats },
  { regained, given }: { readonly regained: number; readonly given: number },
): Promise<Stats> {
  const percent = Math.min(EVERYTHING, regained + given);
  const points = pointsOf(stats, percent);
  const after: Stats = { ...healedStats(stats, percent) };
  await ifLive(async () => {
    for (const name of vitalNames) {
      const { cur, max } = stats[name];
      if (cur >= max || points[name] === 0) continue;
      if (given === EVERYTHING) await accounts.updateStatCurrent(charId, name, max);
      else after[name] = await accounts.applyHealing(charId, name, points[name]);
    }
  });
  return after;
}

/** Vitals whose maximum has risen since `before` grow with it. */
export async function grow(
  accounts: Pick<LiveAccounts, 'applyHealing'> & Pick<AccountStore, 'getStats'>,
  { charId, stats: before }: { readonly charId: number; readonly stats: Stats },
): Promise<void> {
  const now = await accounts.getStats(charId);
  if (now === null) return;
  await ifLive(async () => {
    for (const name of vitalNames) {
      const risen = now[name].max - before[name].max;
      if (risen > 0) await accounts.applyHealing(charId, name, risen);
    }
  });
}
