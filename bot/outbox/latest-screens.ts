import type { UiPayload } from '../../domains/core/ui-payload.ts';
import { type QueuedScreen, isOutdated } from './queued-screen.ts';

/** The newest screens that were handed in for a chat: whatever comes next is measured by them. */
export class LatestScreens {
  #newest: QueuedScreen | null = null;
  #newestState: QueuedScreen | null = null;

  get newest(): UiPayload | null {
    return this.#newest?.payload ?? null;
  }

  /**
   * A reply may have been made before the battle went on, and arrive after it: then it shows the
   * newer state; and where the player has left the battle since, nothing.
   */
  upToDate(item: QueuedScreen): QueuedScreen | null {
    const newest = this.#newest?.payload;
    const known = this.#newestState;
    if (known !== null) {
      const { payload, asOfMs } = known;
      if (isOutdated(item, { state: payload.state, asOfMs }))
        return newest?.state === undefined ? null : { ...item, payload, asOfMs };
    }
    if (item.priority !== 'ambient') this.#newest = item;
    if (item.payload.state !== undefined) this.#newestState = item;
    return item;
  }

  /** True if this state of the same screen was handed in at the same time or since. */
  has({ payload, mode, asOfMs }: QueuedScreen): boolean {
    const newest = this.#newest;
    if (mode !== 'edit' || payload.notice !== undefined) return false;
    if (newest === null || newest.asOfMs < asOfMs || payload.state === undefined) return false;
    const { screen, state } = newest.payload;
    const isSameState = state?.of === payload.state.of && state.version === payload.state.version;
    return isSameState && screen === payload.screen && newest.payload.notice === undefined;
  }
}
