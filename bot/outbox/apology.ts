import { home } from '../../domains/core/home-feature.ts';
import { text } from '../../domains/core/text.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';

/**
 * `away`: the database cannot be asked now; `resting`: Redis cannot; `updating`: a newer release has
 * written what this one cannot read. In these cases nothing is broken.
 */
export type Trouble = 'broken' | 'away' | 'resting' | 'updating';

const words = {
  broken: 'bot.error',
  away: 'bot.away',
  resting: 'bot.resting',
  updating: 'bot.updating',
} as const;

/** What a player sees when something went wrong on our side, with a way on. */
export function apologyScreen(what: Trouble): UiPayload {
  return {
    screen: 'apology',
    title: text(words[what]),
    body: [],
    buttons: [[{ label: text('bot.button.retry'), ...home }]],
  };
}
