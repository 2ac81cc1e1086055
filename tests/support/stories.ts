import type { StorySession } from '../../domains/inventory/story-session.ts';
import { scenarios } from '../../domains/scenario/scenarios.ts';
import { begin } from '../../domains/scenario/session.ts';

/** The mill at a node, in its first run. */
export function millAt(node: string, change: Partial<StorySession> = {}): StorySession {
  const { session } = begin(scenarios.mill, { run: 1, seed: '1:mill' });
  return { ...session, node, visited: ['door', node], ...change };
}

/** The id that the battle of a story has in tests. */
export const STORY_BATTLE = 'storyabcdefghijkl';

/** At the stairs, with the rats that the story has sent the character to fight. */
export function millInBattle(change: Partial<StorySession> = {}): StorySession {
  const waits = { for: 'battle', choice: 0, id: STORY_BATTLE } as const;
  return millAt('rats', { waits, ...change });
}
