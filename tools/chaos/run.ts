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
const tell = (line: string) => void process.stdout.write(`${line}\n`);
/** As long as what a dead process has taken is held, and time for the next to take it. */
const SAVED_MS = 90_000;

// Whoever breaks it off ends what it has started: that hangs on the end of this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

tell(
  `seed ${values.seed}, ${values.players} players, ${values.bots} bots, ${values.minutes} minutes`,
);
const found = await runChaos({
  seed: Number(values.seed),
  players: Number(values.players),
  bots: Number(values.bots),
  forMs: Number(values.minutes) * 60_000,
  pauseMs: { least: 800, most: 4_000 },
  savedMs: SAVED_MS,
  tell,
});
tell(formatReport(found));
if (values.logs !== undefined) writeFileSync(values.logs, found.outputs.join('\n---\n'));
process.exitCode = found.wrongs.length === 0 ? 0 : 1;
