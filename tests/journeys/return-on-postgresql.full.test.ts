import { expect, onTestFinished, test } from 'vitest';
import { RETURN_TIMEOUT_MS, checkReturn } from '../support/check-return.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { startPostgres } from '../support/postgres-server.ts';

describeOnPostgres('a restarted bot', () => {
  test(
    'finds its players and their characters',
    async () => {
      const server = await startPostgres();
      onTestFinished(() => server.stop());
      const output = await checkReturn({ DATABASE_URL: server.url }, 'SIGKILL');
      expect(output).toMatch(new RegExp(`database connected[^]*127\\.0\\.0\\.1:${server.port}`));
    },
    RETURN_TIMEOUT_MS,
  );
});
