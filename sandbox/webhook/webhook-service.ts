import { WebhookCourier } from './webhook-courier.ts';
import type { CourierOptions } from './webhook-courier.ts';

/** Keeps a courier on its way for as long as there is a webhook. */
export class WebhookService {
  readonly #options: CourierOptions;
  #courier: WebhookCourier | null = null;
  #isAway = false;

  constructor(options: CourierOptions) {
    this.#options = options;
    options.world.webhook.onChange = () => {
      this.#renew();
    };
  }

  /** Brings nothing until `resume`. */
  suspend(): void {
    this.#isAway = true;
    this.#renew();
  }

  resume(): void {
    this.#isAway = false;
    this.#renew();
  }

  #renew(): void {
    const { settings } = this.#options.world.webhook;
    this.#courier?.end();
    this.#courier =
      settings === null || this.#isAway ? null : new WebhookCourier(settings, this.#options);
    void this.#courier?.run();
  }
}
