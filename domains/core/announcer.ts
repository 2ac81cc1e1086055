import type { UiPayload } from './ui-payload.ts';

/**
 * Changes a player's screen without his tap. `fresh` is a new message with a sound (match found,
 * a result while away), `quiet` an edit of the present one, `ambient` an animation of the same
 * screen, which under load is left out. Never waits and never throws.
 */
export interface Announcer {
  announce(userId: number, payload: UiPayload, manner: 'edit' | 'notify' | 'ambient'): void;
}
