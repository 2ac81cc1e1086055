import { isDeepStrictEqual } from 'node:util';

/** Where the bot wants its updates, and how. */
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

/** The webhook, if there is one, and how it last failed. */
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

  /** False when nothing is different now. */
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
