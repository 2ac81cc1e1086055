import { WebhookSender } from './webhook-sender.ts';
import type { WebhookSenderOptions } from './webhook-sender.ts';

/** Runs a sender while a webhook is set. */
export class WebhookService {
  readonly #options: WebhookSenderOptions;
  #sender: WebhookSender | null = null;
  #isSuspended = false;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    options.world.webhook.onChange = () => {
      this.#replaceSender();
    };
  }

  /** Delivers nothing until `resume`. */
  suspend(): void {
    this.#isSuspended = true;
    this.#replaceSender();
  }

  resume(): void {
    this.#isSuspended = false;
    this.#replaceSender();
  }

  #replaceSender(): void {
    const { settings } = this.#options.world.webhook;
    this.#sender?.end();
    this.#sender =
      settings === null || this.#isSuspended ? null : new WebhookSender(settings, this.#options);
    void this.#sender?.run();
  }
}
