import type { UiPayload } from './ui-payload.ts';

/**
 * Changes a player's screen without their tap. `notify` sends a new message with a sound (a match is
 * found, a battle ended while they were elsewhere), `edit` edits the current message, `ambient` is an
 * animation frame that is dropped under load. Returns at once and never throws.
 */
export interface Announcer {
  announce(userId: number, payload: UiPayload, delivery: 'edit' | 'notify' | 'ambient'): void;
}
