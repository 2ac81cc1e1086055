import type { rarities } from './items.ts';

export const NOTICES_A_DAY = 3;

/** What each notice pays. */
export const NOTICE_REWARD = { xp: 12, gold: 10 } as const;

/** Chances of the item for all notices of a day. */
export const dayItemRarities = {
  common: 0,
  fine: 1,
  rare: 0,
  epic: 0,
} as const satisfies Record<keyof typeof rarities, number>;

/** Notices by how often their task is to be done. Those with `technique` name one of the archetype. */
export const noticeTasks = {
  win_duel: { times: 1 },
  fight_duels: { times: 2 },
  beat_shadow: { times: 1 },
  fight_shadow: { times: 2 },
  win_any: { times: 2 },
  fight_any: { times: 3 },
  use_techniques: { times: 12 },
  use_technique: { times: 5 },
} as const satisfies Record<string, { times: number }>;
