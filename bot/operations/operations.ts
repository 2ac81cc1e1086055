import { type Metrics, allMetrics } from '../../domains/core/metrics.ts';
import type { Log } from '../../domains/core/log.ts';
import type { Settings } from '../settings.ts';
import { startTicker } from '../ticker.ts';
import { type GaugeSources, readGauges } from './gauges.ts';
import { SUMMARY_MS, logMinute } from './minute-summary.ts';
import { MinuteTally } from './minute-tally.ts';
import { startOpsServer } from './ops-server.ts';
import type { Prometheus } from './prometheus.ts';
import { type ReadinessDeps, checkReadiness } from './readiness.ts';

/** Where this process counts. */
export interface Figures {
  readonly metrics: Metrics;
  readonly tally: MinuteTally;
  /** Null: nobody can ask for them. */
  readonly prometheus: Prometheus | null;
}

export interface OperationsDeps extends Omit<GaugeSources, 'readiness'>, ReadinessDeps {
  readonly settings: Pick<Settings, 'ARENA_OPS_PORT' | 'ARENA_OPS_HOST'>;
  readonly log: Log;
}

/** What operators see of this process: figures, whether it is ready, and a line a minute. */
export interface Operations {
  /** From now on the process is not ready. */
  stopping(): void;
  close(): Promise<void>;
}

export async function openFigures({
  ARENA_OPS_PORT: port,
}: Pick<Settings, 'ARENA_OPS_PORT'>): Promise<Figures> {
  const tally = new MinuteTally();
  if (port === 0) return { tally, prometheus: null, metrics: tally };
  // Imported late: without a port nobody asks.
  const { Prometheus } = await import('./prometheus.ts');
  const prometheus = new Prometheus();
  return { tally, prometheus, metrics: allMetrics(tally, prometheus) };
}

export async function startOperations(
  { tally, prometheus }: Figures,
  deps: OperationsDeps,
): Promise<Operations> {
  const { settings, log } = deps;
  let isStopping = false;
  const draining = () => (isStopping ? Promise.resolve('stopping') : deps.draining());
  const readiness = () => checkReadiness({ ...deps, draining });
  const server =
    prometheus === null
      ? null
      : await startOpsServer({
          host: settings.ARENA_OPS_HOST,
          port: settings.ARENA_OPS_PORT,
          log,
          readiness,
          metrics: async () => ({
            contentType: prometheus.contentType,
            text: await prometheus.text(await readGauges({ ...deps, readiness })),
          }),
        });
  const rss = () => process.memoryUsage.rss();
  const summary = startTicker(() => logMinute({ ...deps, tally, rss }), {
    everyMs: SUMMARY_MS,
    log,
    name: 'minute summary',
  });
  return {
    stopping: () => {
      isStopping = true;
    },
    close: async () => {
      await Promise.all([summary.stop(), server?.close()]);
    },
  };
}
