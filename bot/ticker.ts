import type { Log } from '../domains/core/log.ts';

export interface Ticker {
  /** Resolves when a running step has ended. */
  stop(): Promise<void>;
}

/** Runs a step every `everyMs`, never two at once. A failure that recurs is logged once. */
export function startTicker(
  step: () => Promise<void>,
  { everyMs, log, name }: { everyMs: number; log: Log; name: string },
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
      if (reason !== failing) log.error({ name, err: error }, 'background job failed');
      failing = reason;
    }
    schedule();
  };
  const schedule = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = run();
    }, everyMs);
  };
  schedule();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
