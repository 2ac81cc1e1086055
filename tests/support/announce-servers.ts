import { findChromium, findProgram } from './find-program.ts';
import { findPostgres } from './postgres-server.ts';
import { findRedisServer, missingForCluster } from './redis-server.ts';

/** Says once, before the first test, what this machine cannot run. */
export function setup(): void {
  if (findRedisServer() === null) {
    process.stdout.write(
      '\nSKIPPED: there is no redis-server on the PATH, so tests run on the in-process stand-in alone ' +
        '(apt-get install redis-server runs them on both).\n',
    );
  }
  if (findRedisServer() !== null && missingForCluster() !== null) {
    process.stdout.write(
      '\nSKIPPED: there is no redis-cli on the PATH, so no test runs on a cluster ' +
        '(apt-get install redis-tools has them run).\n',
    );
  }
  if (findPostgres() === null) {
    process.stdout.write(
      '\nSKIPPED: there is no PostgreSQL, so tests run on the embedded database alone ' +
        '(apt-get install postgresql runs them on both).\n',
    );
  }
  if (findProgram('pgbouncer') === null) {
    process.stdout.write(
      '\nSKIPPED: there is no pgbouncer on the PATH, so no test runs behind a connection pooler ' +
        '(apt-get install pgbouncer runs them).\n',
    );
  }
  if (findChromium() === null) {
    process.stdout.write(
      '\nSKIPPED: there is no Chromium on the PATH, so nobody clicks through the chat page ' +
        '(apt-get install chromium has it done).\n',
    );
  }
}
