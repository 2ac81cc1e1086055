import { text } from '../../domains/core/text.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import type { Action } from '../callback-data.ts';

/** What a player sees when something broke on our side, with a way on. */
export function apologyScreen(): UiPayload<Action> {
  return {
    screen: 'apology',
    title: text('bot.error'),
    body: [],
    buttons: [[{ label: text('bot.button.retry'), action: 'home' }]],
  };
}
