import { text } from '../../domains/core/text.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import type { Action } from '../callback-data.ts';

/** `away`: what is kept for good cannot be asked now; nothing is broken. */
export type Trouble = 'broken' | 'away';

/** What a player sees when something went wrong on our side, with a way on. */
export function apologyScreen(what: Trouble): UiPayload<Action> {
  return {
    screen: 'apology',
    title: text(what === 'away' ? 'bot.away' : 'bot.error'),
    body: [],
    buttons: [[{ label: text('bot.button.retry'), action: 'home' }]],
  };
}
