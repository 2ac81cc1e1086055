import type { QueuedUpdate } from '../world/update-queue.ts';
import type { WebhookSettings } from '../world/webhook-store.ts';
import type { World } from '../world/world.ts';
import { postUpdate } from './post-update.ts';
import type { Delivery, WebhookReply } from './post-update.ts';

export interface WebhookSenderOptions {
  readonly world: World;
  readonly timeoutMs: number;
  /** Runs the method call that a reply may contain. */
  readonly perform: (reply: WebhookReply) => Promise<void>;
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * Delivers updates to one webhook until it is ended. Updates of one kind from one person are delivered in order, others
 * concurrently. A failed delivery is retried at once, then with growing pauses.
 */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #settings: WebhookSettings;
  readonly #ended = new AbortController();
  readonly #busyKeys = new Set<string>();
  readonly #failures = new Map<number, number>();
  #connections = 0;

  constructor(settings: WebhookSettings, options: WebhookSenderOptions) {
    this.#settings = settings;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { updates } = this.#options.world;
    while (!this.#ended.signal.aborted) {
      for (const update of updates.waiting()) this.#startIfFree(update);
      await updates.changes.nextChange(this.#ended.signal);
    }
  }

  end(): void {
    this.#ended.abort();
  }

  #startIfFree(update: QueuedUpdate): void {
    if (this.#busyKeys.has(update.orderingKey)) return;
    if (this.#connections >= this.#settings.maxConnections) return;
    this.#busyKeys.add(update.orderingKey);
    void this.#deliver(update);
  }

  async #deliver({ update, orderingKey }: QueuedUpdate): Promise<void> {
    const { updates, webhook, time } = this.#options.world;
    const delivery = await this.#post(update);
    updates.changes.notify();
    if (this.#ended.signal.aborted) return;
    if (delivery.kind === 'arrived') {
      updates.delivered(update.update_id);
      this.#failures.delete(update.update_id);
      void this.#options.perform(delivery.reply);
    } else {
      webhook.failed({ atMs: time.now(), reason: delivery.reason });
      await time.wait(this.#pauseMs(update.update_id, delivery.retryAfterS), this.#ended.signal);
      updates.changes.notify();
    }
    this.#busyKeys.delete(orderingKey);
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

  /** No pause before the first retry, as with Telegram, then 2 s, 4 s and so on. */
  #pauseMs(updateId: number, retryAfterS: number): number {
    const failures = this.#failures.get(updateId) ?? 0;
    this.#failures.set(updateId, failures + 1);
    if (retryAfterS > 0) return retryAfterS * 1000;
    return failures === 0 ? 0 : Math.min(2 ** failures * 1000, LONGEST_PAUSE_MS);
  }
}
