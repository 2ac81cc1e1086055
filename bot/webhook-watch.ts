import { AbortController as CallController } from 'abort-controller';
import type { Api } from 'grammy';
import type { WebhookInfo } from 'grammy/types';
import type { Log } from '../domains/core/log.ts';
import { factsOf } from './api-errors.ts';
import { Liveness } from './liveness.ts';
import type { Timing } from './timing.ts';
import { withTimeout } from './with-timeout.ts';

export interface WebhookWatchDeps {
  readonly api: Api;
  readonly url: string;
  readonly setWebhook: () => Promise<unknown>;
  readonly log: Log;
  readonly timing: Timing;
}

type Facts = Readonly<Record<string, unknown>>;

const CHECK_EVERY_MS = 10_000;
/** While updates do not arrive. */
const RECHECK_EVERY_MS = 2_000;
const CHECK_TIMEOUT_MS = 5_000;
/** Two bots that take the webhook from each other must not flood Telegram. */
const SET_AGAIN_EVERY_MS = 60_000;

/** Asks Telegram whether it delivers to our address: silence alone may be silence of the players. */
export class WebhookWatch {
  readonly #deps: WebhookWatchDeps;
  readonly #liveness: Liveness;
  readonly #stopped = new AbortController();
  /** Null before the first check: earlier errors are not ours. */
  #lastErrorS: number | null = null;
  #isFailing = false;
  #hasUpdate = false;
  #setAgainAtMs = -Infinity;

  constructor(deps: WebhookWatchDeps) {
    this.#deps = deps;
    this.#liveness = new Liveness(deps.log);
  }

  start(): void {
    void this.#run();
  }

  get isReceiving(): boolean {
    return this.#liveness.isReceiving;
  }

  /** An update has arrived: what Telegram reported before is over. */
  noteUpdate(): void {
    this.#isFailing = false;
    this.#hasUpdate = true;
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.#check();
      await this.#deps.timing.wait(this.isReceiving ? CHECK_EVERY_MS : RECHECK_EVERY_MS, signal);
    }
  }

  async #check(): Promise<void> {
    const info = await this.#ask().catch((error: unknown) => ({ error }));
    if (this.#stopped.signal.aborted) return;
    const failure = 'error' in info && !this.#hasUpdate ? factsOf(info.error) : null;
    const cause = 'error' in info ? failure : this.#outageIn(info);
    this.#hasUpdate = false;
    if (cause === null) this.#liveness.confirm();
    else this.#liveness.lose(cause);
    if (!('error' in info) && !info.url) await this.#setAgain();
  }

  /** Null if Telegram delivers. */
  #outageIn(info: WebhookInfo): Facts | null {
    this.#noteErrors(info);
    if (!info.url) return { cause: 'webhook removed' };
    if (!isSame(info.url, this.#deps.url)) return { cause: `webhook set to ${hostOf(info.url)}` };
    return this.#isFailing ? { cause: info.last_error_message } : null;
  }

  async #ask(): Promise<WebhookInfo> {
    const controller = new CallController();
    const call = this.#deps.api.getWebhookInfo(controller.signal);
    return withTimeout(call, CHECK_TIMEOUT_MS).finally(() => {
      controller.abort();
    });
  }

  /** Compares Telegram's dates with each other alone: its clock is not ours. */
  #noteErrors({ last_error_date: errorS = 0, pending_update_count: pending }: WebhookInfo): void {
    if (this.#lastErrorS !== null && errorS > this.#lastErrorS) this.#isFailing = true;
    // Nothing waits: what could not be delivered at first has been delivered, here or elsewhere.
    if (pending === 0) this.#isFailing = false;
    this.#lastErrorS = errorS;
  }

  async #setAgain(): Promise<void> {
    const { setWebhook, timing, log } = this.#deps;
    if (timing.now() < this.#setAgainAtMs + SET_AGAIN_EVERY_MS) return;
    this.#setAgainAtMs = timing.now();
    try {
      await setWebhook();
      log.warn({}, 'webhook set again');
    } catch (error) {
      log.warn(factsOf(error), 'webhook setting failed');
    }
  }
}

/** Telegram may spell an address in its own way. */
function isSame(one: string, other: string): boolean {
  return URL.canParse(one) && new URL(one).href === new URL(other).href;
}

/** The path of an address may be a secret. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an unknown address';
}
