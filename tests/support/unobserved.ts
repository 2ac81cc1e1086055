import type { BattleObserver } from '../../domains/combat/battle-observer.ts';

/** For battles that are shown to nobody. */
export const unobserved: BattleObserver = {
  battleStarted: () => undefined,
  battleMoved: () => undefined,
  choiceMade: () => undefined,
  battleEnded: () => Promise.resolve(),
  battleLost: () => undefined,
};

/** Nobody has turned emotes off. */
export const listeners = { hasMutedEmotes: () => Promise.resolve(false) };

/** Results are shown without records. */
export const noStandings = {
  beforeBattle: () => Promise.resolve(null),
  afterBattle: () => Promise.resolve(null),
};
