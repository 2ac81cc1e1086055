import type { AccountContext } from './account-context.ts';

/** In the story of this id, or in none. Battle and onboarding keep their state. */
export function inScenario(account: AccountContext, scenarioId: string | null): AccountContext {
  const { state, sessions } = account;
  const isElsewhere = state === 'COMBAT' || state === 'ONBOARDING';
  const free = scenarioId === null ? 'EXPLORATION' : 'SCENARIO';
  return {
    ...account,
    state: isElsewhere ? state : free,
    sessions: { ...sessions, scenario_id: scenarioId },
  };
}
