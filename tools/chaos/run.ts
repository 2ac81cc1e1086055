import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos-run.ts';
import { formatReport } from './format-report.ts';
import { checkOutOlderRelease } from './older-release.ts';

/**
 * `npm run chaos -- [--minutes 10] [--players 300] [--bots 3] [--seed 7] [--logs faults.log] [--every 2.4]
 * [--webhook] [--embedded]`. An embedded database serves one bot. `--every`: the mean seconds between faults; with
 * few of them, duels are rated, as no outage falls into them.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    players: { type: 'string', default: '300' },
    bots: { type: 'string', default: '3' },
    webhook: { type: 'boolean', default: false },
    embedded: { type: 'boolean', default: false },
    every: { type: 'string', default: '2.4' },
    logs: { type: 'string' },
    seed: { type: 'string', default: String(process.pid) },
  },
});
const print = (line: string) => void process.stdout.write(`${line}\n`);
/** A killed process's lease on unsaved sessions has to expire, and another process to save them. */
const SAVE_TIMEOUT_MS = 90_000;

// Servers and bots are ended by handlers of 'exit', which a signal alone does not call.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const bots = values.embedded ? 1 : Number(values.bots);
const olderRelease = checkOutOlderRelease();
const parts = [
  `seed ${values.seed}, ${values.players} players, ${bots} bots, ${values.minutes} minutes`,
  values.webhook ? 'webhook' : 'polling',
  values.embedded ? 'embedded database' : 'PostgreSQL',
  olderRelease === null ? 'no older release' : `older release ${olderRelease.version}`,
];
print(parts.join(', '));
const options = {
  seed: Number(values.seed),
  players: Number(values.players),
  bots,
  receives: values.webhook ? 'webhook' : 'polling',
  database: values.embedded ? 'embedded' : 'postgresql',
  olderRelease,
  durationMs: Number(values.minutes) * 60_000,
  intervalMs: { min: Number(values.every) * 333, max: Number(values.every) * 1_667 },
  longestMs: null,
  saveTimeoutMs: SAVE_TIMEOUT_MS,
  print,
} as const;
const result = await runChaos(options);
print(formatReport(result, options));
if (values.logs !== undefined) writeFileSync(values.logs, result.outputs.join('\n---\n'));
process.exitCode = result.violations.length === 0 ? 0 : 1;
