import type { UiPayload } from '../../domains/core/ui-payload.ts';
import { type QueuedScreen, isOutdated } from './queued-screen.ts';

/** The newest screens requested for a chat, to recognize outdated and repeated ones. */
export class LatestScreens {
  #newest: QueuedScreen | null = null;
  #newestState: QueuedScreen | null = null;

  get newest(): UiPayload | null {
    return this.#newest?.payload ?? null;
  }

  /**
   * A reply made before the battle went on may arrive after the newer state. It then shows that
   * state, or null if the player has left the battle since.
   */
  upToDate(item: QueuedScreen): QueuedScreen | null {
    const known = this.#newestState;
    if (known !== null) {
      const { payload, asOfMs } = known;
      if (isOutdated(item, { state: payload.state, asOfMs }))
        return this.newest?.state === undefined ? null : { ...item, payload, asOfMs };
    }
    if (item.priority !== 'ambient') this.#newest = item;
    if (item.payload.state !== undefined) this.#newestState = item;
    return item;
  }

  /** True if the same state of the same screen was requested at the same time or later. */
  has({ payload, mode, asOfMs }: QueuedScreen): boolean {
    const newest = this.#newest;
    if (mode !== 'edit' || payload.notice !== undefined) return false;
    if (newest === null || newest.asOfMs < asOfMs || payload.state === undefined) return false;
    const { screen, state } = newest.payload;
    const isSameState = state?.of === payload.state.of && state.version === payload.state.version;
    return isSameState && screen === payload.screen && newest.payload.notice === undefined;
  }
}
