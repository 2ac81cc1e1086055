import { isDeepStrictEqual } from 'node:util';

/** The parameters of setWebhook. */
export interface WebhookSettings {
  readonly url: string;
  /** '' when there is none. */
  readonly secretToken: string;
  readonly maxConnections: number;
}

export interface WebhookFailure {
  readonly atMs: number;
  readonly reason: string;
}

/** The webhook, if one is set, and its last failure. */
export class WebhookStore {
  #settings: WebhookSettings | null = null;
  #lastFailure: WebhookFailure | null = null;
  /** Called when the webhook was set, changed or removed. */
  onChange: () => void = () => undefined;

  get settings(): WebhookSettings | null {
    return this.#settings;
  }

  get lastFailure(): WebhookFailure | null {
    return this.#lastFailure;
  }

  /** Returns false when nothing has changed. */
  set(settings: WebhookSettings | null): boolean {
    if (isDeepStrictEqual(settings, this.#settings)) return false;
    this.#settings = settings;
    this.#lastFailure = null;
    this.onChange();
    return true;
  }

  failed(failure: WebhookFailure): void {
    this.#lastFailure = failure;
  }
}
