import type { Log } from '../domains/core/log.ts';

export interface Ticker {
  /** Ends the ticking; resolves once the step under way is over. */
  stop(): Promise<void>;
}

/** Runs a step again and again, `everyMs` apart, never two at once; a failing step is logged once per kind. */
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
      if (failing !== '') log.info({ name }, 'recovered');
      failing = '';
    } catch (error) {
      const kind = error instanceof Error ? error.message : String(error);
      // A dead server fails every second: one line says it, not one a second.
      if (kind !== failing) log.error({ name, err: error }, 'a step failed; it is tried again');
      failing = kind;
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
