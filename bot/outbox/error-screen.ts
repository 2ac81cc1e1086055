import { home } from '../../domains/core/home-feature.ts';
import { text } from '../../domains/core/text.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';

/** Why an update was not handled; `newer_release`: it needs a record that this release cannot read. */
export type ErrorKind = 'internal' | 'database_unavailable' | 'redis_unavailable' | 'newer_release';

const titles = {
  internal: 'bot.error',
  database_unavailable: 'bot.away',
  redis_unavailable: 'bot.resting',
  newer_release: 'bot.updating',
} as const;

/** Tells the player that an update failed, with a button to try again. */
export function errorScreen(kind: ErrorKind): UiPayload {
  return {
    screen: 'error',
    title: text(titles[kind]),
    body: [],
    buttons: [[{ label: text('bot.button.retry'), ...home }]],
  };
}
