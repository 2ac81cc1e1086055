import { expect, onTestFailed, test } from 'vitest';
import { describeOnPostgres } from '../support/database-engines.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { runChaos } from '../../tools/chaos/chaos-run.ts';
import { formatReport } from '../../tools/chaos/format-report.ts';
import { describeViolation } from '../../tools/chaos/violation.ts';

const wish = {
  seed: 7,
  players: 40,
  bots: 3,
  forMs: 19_000,
  pauseMs: { least: 300, most: 1_200 },
  // What a dead process has taken is held for half a minute: the long ordeal waits for it.
  savedMs: null,
};
/** More than every wait in it together may take: it is never this limit that tells what was wrong. */
const LIMIT_MS = 900_000;

describeOnRedisServer('faults', () => {
  describeOnPostgres('while people play', () => {
    test(
      'cost nobody his place, his battle, its result or an answer',
      async () => {
        const told: string[] = [];
        // Also where it never comes to a report.
        onTestFailed(() => void process.stderr.write(`${told.join('\n')}\n`));
        const found = await runChaos({ ...wish, tell: (line) => void told.push(line) });
        process.stdout.write(`${formatReport(found)}\n`);
        expect(found.wrongs.map(describeViolation)).toEqual([]);
        expect(found.inflicted.length).toBeGreaterThan(0);
        expect(found.experience.taps).toBeGreaterThan(wish.players);
        expect(found.results.ended).toBeGreaterThanOrEqual(10);
      },
      LIMIT_MS,
    );
  });
});
