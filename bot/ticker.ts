import type { Log } from '../domains/core/log.ts';
import { OutageError } from '../domains/core/outage-error.ts';
import { withTimeout } from './with-timeout.ts';

export interface Ticker {
  /** Resolves when a running step has ended. */
  stop(): Promise<void>;
}

export interface TickerOptions {
  readonly everyMs: number;
  /** When the first step begins; by default after `everyMs`. */
  readonly firstMs?: number;
  readonly log: Log;
  readonly name: string;
  /** In a word, why a store was unavailable; null for every other error. */
  readonly outageOf?: (error: unknown) => string | null;
}

/** Runs a step `everyMs` after the last one, never two at once. A failure that recurs is logged once. */
export function startTicker(
  step: () => Promise<void>,
  { everyMs, firstMs = everyMs, log, name, outageOf = () => null }: TickerOptions,
): Ticker {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let failing = '';
  let running: Promise<void> = Promise.resolve();

  const run = async () => {
    try {
      await step();
      if (failing !== '') log.info({ name }, 'background job recovered');
      failing = '';
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // One error for all jobs, so that an outage is one line.
      const outage = outageOf(error);
      const err = outage === null ? error : new OutageError(outage);
      if (reason !== failing) log.error({ name, err }, 'background job failed');
      failing = reason;
    }
    schedule(everyMs);
  };
  const schedule = (ms: number) => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = run();
    }, ms);
  };
  schedule(firstMs);

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** A step that takes longer than `ms` goes on alone: what is not saved yet matters more. */
export async function stopTickers(tickers: readonly Ticker[], ms: number): Promise<void> {
  const stopped = Promise.all(tickers.map((ticker) => ticker.stop()));
  await withTimeout(stopped, ms).catch(() => undefined);
}
