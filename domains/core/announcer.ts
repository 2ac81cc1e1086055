import type { UiPayload } from './ui-payload.ts';

/**
 * `notify` sends a new message with a sound (a match is found, a battle ended while they were
 * elsewhere), `edit` edits the current message, `ambient` is an animation frame that is dropped under
 * load.
 */
export type Delivery = 'edit' | 'notify' | 'ambient';

/** What changed the screen. After an outage many clocks end at once: their screens are spread. */
export type Cause = 'tap' | 'clock';

export interface Announcement {
  readonly delivery: Delivery;
  readonly cause: Cause;
}

/** Changes a player's screen without their tap. Returns at once and never throws. */
export interface Announcer {
  announce(userId: number, payload: UiPayload, how: Announcement): void;
}
