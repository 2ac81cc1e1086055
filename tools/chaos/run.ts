import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos-run.ts';
import { formatReport } from './format-report.ts';

/** `npm run chaos -- [--minutes 10] [--players 300] [--bots 3] [--seed 7] [--logs faults.log]`. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    players: { type: 'string', default: '300' },
    bots: { type: 'string', default: '3' },
    logs: { type: 'string' },
    seed: { type: 'string', default: String(process.pid) },
  },
});
const print = (line: string) => void process.stdout.write(`${line}\n`);
/** A killed process's lease on unsaved sessions has to expire, and another process to save them. */
const SAVE_TIMEOUT_MS = 90_000;

// Servers and bots are ended by handlers of 'exit', which a signal alone does not call.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

print(
  `seed ${values.seed}, ${values.players} players, ${values.bots} bots, ${values.minutes} minutes`,
);
const result = await runChaos({
  seed: Number(values.seed),
  players: Number(values.players),
  bots: Number(values.bots),
  durationMs: Number(values.minutes) * 60_000,
  intervalMs: { min: 800, max: 4_000 },
  saveTimeoutMs: SAVE_TIMEOUT_MS,
  print,
});
print(formatReport(result));
if (values.logs !== undefined) writeFileSync(values.logs, result.outputs.join('\n---\n'));
process.exitCode = result.violations.length === 0 ? 0 : 1;
