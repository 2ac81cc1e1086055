import { type Archetype, type Attributes, attributeNames } from '../account/account-context.ts';
import { characterSheet } from '../account/character-sheet.ts';
import type { Earnings, Grant } from '../inventory/journey.ts';
import type { Hero } from './condition.ts';
import type { Gains } from './gains.ts';
import type { Raise } from './points.ts';
import { storyItems } from './story-items.ts';
import type { StorySession } from '../inventory/story-session.ts';

export interface GrantFor {
  readonly charId: number;
  readonly archetype: Archetype;
  readonly session: Pick<StorySession, 'key' | 'run'>;
}

/** What a step gives, exactly once by its id; null: nothing. Health and place are no part of it. */
export function storyGrant(gains: Gains, { charId, archetype, session }: GrantFor): Grant | null {
  const { node, gold, xp, loot, uses } = gains;
  const isEmpty = gold === 0 && xp === 0 && loot.length === 0 && Object.keys(uses).length === 0;
  if (isEmpty) return null;
  const id = `story:${charId}:${storyId(session)}:${node}`;
  return { id, xp, gold, items: storyItems(loot, { archetype, seed: id }), uses: { ...uses } };
}

/** `sessions.scenario_id` of a character in a story. */
export function storyId({ key, run }: Pick<StorySession, 'key' | 'run'>): string {
  return `${key}:${run}`;
}

/** What a scenario reads of a character; null without an archetype. `skills`: levels of the ways of the world. */
export function heroOf(earnings: Earnings, skills: Hero['skills']): Hero | null {
  const { archetype, attributes, gear, items, journey } = earnings;
  if (archetype === null) return null;
  const worn = characterSheet({ archetype, attributes, gear }).attributes;
  const templates = items.map(({ template }) => template);
  return { archetype, level: journey.level, attributes: worn, skills, items: templates };
}

/** A character's own attributes after points were distributed. */
export function raisedAttributes(own: Readonly<Attributes>, raise: Raise): Attributes {
  return attributeNames.reduce(
    (sum, name) => ({ ...sum, [name]: own[name] + (raise[name] ?? 0) }),
    { ...own },
  );
}
