import { findChromium, findProgram } from './find-program.ts';
import { hasPrometheus } from './prometheus.ts';
import { findPostgres } from './postgres-server.ts';
import { findRedisServer, missingForCluster } from './redis-server.ts';

/** Prints once, before the first test, which tests this machine has to skip. */
export function setup(): void {
  if (findRedisServer() === null) {
    process.stdout.write(
      '\nSKIPPED: no redis-server on the PATH, so tests run on the in-process stand-in only ' +
        '(apt-get install redis-server runs them on both).\n',
    );
  }
  if (findRedisServer() !== null && missingForCluster() !== null) {
    process.stdout.write(
      '\nSKIPPED: no redis-cli on the PATH, so no test runs on a cluster ' +
        '(apt-get install redis-tools runs them).\n',
    );
  }
  if (findPostgres() === null) {
    process.stdout.write(
      '\nSKIPPED: no PostgreSQL, so tests run on the embedded database only ' +
        '(apt-get install postgresql runs them on both).\n',
    );
  }
  if (findProgram('pgbouncer') === null) {
    process.stdout.write(
      '\nSKIPPED: there is no pgbouncer on the PATH, so no test runs behind a connection pooler ' +
        '(apt-get install pgbouncer runs them).\n',
    );
  }
  if (!hasPrometheus()) {
    process.stdout.write(
      '\nSKIPPED: no prometheus and promtool on the PATH, so metrics and alerts are not checked by them ' +
        '(apt-get install prometheus runs these tests).\n',
    );
  }
  if (findChromium() === null) {
    process.stdout.write(
      '\nSKIPPED: no Chromium on the PATH, so the chat page is not tested ' +
        '(apt-get install chromium runs these tests).\n',
    );
  }
}
