import { expect, onTestFailed, test } from 'vitest';
import { runChaos } from '../../tools/chaos/chaos-run.ts';
import { formatReport } from '../../tools/chaos/format-report.ts';
import { describeViolation } from '../../tools/chaos/violation.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';

const options = {
  seed: 7,
  players: 40,
  bots: 3,
  receives: 'polling',
  database: 'postgresql',
  // Starting another release takes longer than the faults of this run: only `npm run chaos` has it.
  olderRelease: null,
  durationMs: 19_000,
  intervalMs: { min: 300, max: 1_200 },
  // Otherwise outages leave no time for a battle.
  longestMs: 3_000,
  // The lease of a killed process lasts half a minute: only `npm run chaos` waits for it.
  saveTimeoutMs: null,
} as const;
/** More than all timeouts of the run together, so that one of those reports what hangs. */
const LIMIT_MS = 900_000;

describeOnRedisServer('a short chaos run', () => {
  describeOnPostgres('with injected faults', () => {
    test(
      'ends without a violation of any invariant',
      async () => {
        const progress: string[] = [];
        onTestFailed(() => void process.stderr.write(`${progress.join('\n')}\n`));
        const result = await runChaos({ ...options, print: (line) => void progress.push(line) });
        process.stdout.write(`${formatReport(result, options)}\n`);
        expect(result.violations.map(describeViolation)).toEqual([]);
        expect(result.faults.length).toBeGreaterThan(0);
        expect(result.stats.taps).toBeGreaterThan(options.players);
        expect(result.results.ended).toBeGreaterThan(0);
      },
      LIMIT_MS,
    );
  });
});
