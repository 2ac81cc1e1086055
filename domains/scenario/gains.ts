import type { PlaceId } from '../../resources/numbers/places.ts';
import type { StoryLootId } from '../../resources/numbers/story-loot.ts';
import type { WorldSkill } from './condition.ts';
import type { Effect } from './scenario.ts';

/** What a step gives, for one grant. */
export interface Gains {
  /** The node that gives it, once a run: part of the grant's id. */
  readonly node: string;
  readonly gold: number;
  readonly xp: number;
  readonly loot: readonly StoryLootId[];
  /** Percent of the full health; below zero: damage, which never kills. */
  readonly health: number;
  /** Where the character is from now on; null: where they were. */
  readonly goTo: PlaceId | null;
  /** Uses of skills. */
  readonly uses: Readonly<Partial<Record<WorldSkill, number>>>;
}

export function gainsOf(node: string, effects: readonly Effect[]): Gains {
  const uses: Partial<Record<WorldSkill, number>> = {};
  let [gold, xp, health] = [0, 0, 0];
  let goTo: PlaceId | null = null;
  const loot: StoryLootId[] = [];
  for (const effect of effects) {
    if ('gold' in effect) gold += effect.gold;
    else if ('xp' in effect) xp += effect.xp;
    else if ('health' in effect) health += effect.health;
    else if ('give' in effect) loot.push(effect.give);
    else if ('goTo' in effect) ({ goTo } = effect);
    else if ('learn' in effect) uses[effect.learn] = (uses[effect.learn] ?? 0) + effect.uses;
  }
  return { node, gold, xp, loot, health, goTo, uses };
}

/** Whether there is anything to store. */
export function isNothing({ gold, xp, loot, health, goTo, uses }: Gains): boolean {
  const numbers = [gold, xp, health, loot.length, Object.keys(uses).length];
  return goTo === null && numbers.every((one) => one === 0);
}
