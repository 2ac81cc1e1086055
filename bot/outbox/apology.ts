import { text } from '../../domains/core/text.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import type { Action } from '../callback-data.ts';

/** `away`: what is kept for good cannot be asked now; `resting`: nor what is at play. Nothing is broken. */
export type Trouble = 'broken' | 'away' | 'resting';

const words = { broken: 'bot.error', away: 'bot.away', resting: 'bot.resting' } as const;

/** What a player sees when something went wrong on our side, with a way on. */
export function apologyScreen(what: Trouble): UiPayload<Action> {
  return {
    screen: 'apology',
    title: text(words[what]),
    body: [],
    buttons: [[{ label: text('bot.button.retry'), action: 'home' }]],
  };
}
