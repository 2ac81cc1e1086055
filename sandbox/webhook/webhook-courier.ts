import type { QueuedUpdate } from '../world/update-queue.ts';
import type { WebhookSettings } from '../world/webhook-store.ts';
import type { World } from '../world/world.ts';
import { postUpdate } from './post-update.ts';
import type { Delivery, WebhookReply } from './post-update.ts';

export interface CourierOptions {
  readonly world: World;
  readonly timeoutMs: number;
  /** Performs the method call that a reply may hold. */
  readonly perform: (reply: WebhookReply) => Promise<void>;
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * Brings updates to one webhook until it is ended. Updates of one kind from one person keep their order; others may
 * arrive at the same time. What does not arrive is tried again: at once, then with growing pauses.
 */
export class WebhookCourier {
  readonly #options: CourierOptions;
  readonly #settings: WebhookSettings;
  readonly #ended = new AbortController();
  readonly #busyLanes = new Set<string>();
  readonly #failures = new Map<number, number>();
  #connections = 0;

  constructor(settings: WebhookSettings, options: CourierOptions) {
    this.#settings = settings;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { updates } = this.#options.world;
    while (!this.#ended.signal.aborted) {
      for (const update of updates.waiting()) this.#beginIfFree(update);
      await updates.bell.heard(this.#ended.signal);
    }
  }

  end(): void {
    this.#ended.abort();
  }

  #beginIfFree(update: QueuedUpdate): void {
    if (this.#busyLanes.has(update.lane)) return;
    if (this.#connections >= this.#settings.maxConnections) return;
    this.#busyLanes.add(update.lane);
    void this.#bring(update);
  }

  async #bring({ update, lane }: QueuedUpdate): Promise<void> {
    const { updates, webhook, time } = this.#options.world;
    const delivery = await this.#post(update);
    updates.bell.ring();
    if (this.#ended.signal.aborted) return;
    if (delivery.kind === 'arrived') {
      updates.delivered(update.update_id);
      this.#failures.delete(update.update_id);
      void this.#options.perform(delivery.reply);
    } else {
      webhook.failed({ atMs: time.now(), reason: delivery.reason });
      await time.wait(this.#pauseMs(update.update_id, delivery.retryAfterS), this.#ended.signal);
      updates.bell.ring();
    }
    this.#busyLanes.delete(lane);
  }

  async #post(update: QueuedUpdate['update']): Promise<Delivery> {
    const timeout = new AbortController();
    const answered = new AbortController();
    void this.#options.world.time.wait(this.#options.timeoutMs, answered.signal).then(() => {
      timeout.abort();
    });
    this.#connections += 1;
    const end = AbortSignal.any([timeout.signal, this.#ended.signal]);
    const delivery = await postUpdate(update, this.#settings, end);
    this.#connections -= 1;
    answered.abort();
    return delivery;
  }

  /** None before the second try, as with Telegram, then 2 s, 4 s and so on. */
  #pauseMs(updateId: number, retryAfterS: number): number {
    const failures = this.#failures.get(updateId) ?? 0;
    this.#failures.set(updateId, failures + 1);
    if (retryAfterS > 0) return retryAfterS * 1000;
    return failures === 0 ? 0 : Math.min(2 ** failures * 1000, LONGEST_PAUSE_MS);
  }
}
