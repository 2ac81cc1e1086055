import { home } from '../../domains/core/home-feature.ts';
import { text } from '../../domains/core/text.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';

/**
 * `away`: the database cannot be asked now; `resting`: Redis cannot; `updating`: a newer release has
 * written what this one cannot read. In these cases nothing is broken.
 */
export type ErrorKind = 'internal' | 'database_unavailable' | 'redis_unavailable' | 'newer_release';

const words = {
  internal: 'bot.error',
  database_unavailable: 'bot.away',
  redis_unavailable: 'bot.resting',
  newer_release: 'bot.updating',
} as const;

/** What a player sees when something went wrong on our side, with a way on. */
export function errorScreen(what: ErrorKind): UiPayload {
  return {
    screen: 'error',
    title: text(words[what]),
    body: [],
    buttons: [[{ label: text('bot.button.retry'), ...home }]],
  };
}
