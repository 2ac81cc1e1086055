import type { rarities } from './items.ts';

export const TASKS_A_DAY = 3;

/** What each task pays. */
export const TASK_REWARD = { xp: 12, gold: 10 } as const;

/** Chances of the item for all tasks of a day. */
export const dayItemRarities = {
  common: 0,
  fine: 1,
  rare: 0,
  epic: 0,
} as const satisfies Record<keyof typeof rarities, number>;

/** Kinds of tasks, by how often each is to be done. `use_technique` names one of the archetype. */
export const boardTasks = {
  win_duel: { times: 1 },
  fight_duels: { times: 2 },
  beat_shadow: { times: 1 },
  fight_shadow: { times: 2 },
  win_any: { times: 2 },
  fight_any: { times: 3 },
  use_techniques: { times: 12 },
  use_technique: { times: 5 },
} as const satisfies Record<string, { times: number }>;
