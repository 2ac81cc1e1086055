import type { UiPayload } from './ui-payload.ts';

/**
 * Changes a player's screen without his tap. `fresh` is a new message with a sound (match found,
 * a result while away), `quiet` an edit of the present one. Never waits and never throws.
 */
export interface Announcer {
  announce(userId: number, payload: UiPayload, manner: 'quiet' | 'fresh'): void;
}
