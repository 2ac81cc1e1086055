import { defineConfig } from 'vitest/config';
import { faultProfileNames } from './tests/support/fault-profile.ts';

/**
 * Journeys that neither a cluster nor faults of Telegram can affect, those that count commands or calls,
 * which retries would change, and some with real clocks, which stand still while Telegram is away.
 */
const exclude = [
  'command-counts',
  'operations',
  'start-and-stop',
  'stores-lost',
  'return-after-sigint',
  'return-after-sigkill',
  'return-on-postgresql',
  'database-down-and-back',
  'four-shells-at-once',
  'several-processes',
  'redis-failover',
  'answer-without-redis',
  'clock-set-back',
  'rolling-restart',
].map((name) => `tests/journeys/${name}.test.ts`);

/** Journeys that inject faults themselves; a repeated update would end the poll that one of them counts on. */
function excludedUnder(name: string): string[] {
  const always = ['telegram-unavailable', 'two-copies'];
  return name === 'duplicates' ? [...always, 'telegram-silent'] : always;
}

/** The journeys on a cluster, and once under each fault profile. */
export default defineConfig({
  test: {
    isolate: false,
    // Tests mostly wait for processes and servers.
    maxWorkers: '100%',
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // A journey's chats are checked after its faults.
    hookTimeout: 60_000,
    include: ['tests/journeys/*.test.ts'],
    exclude,
    projects: [
      {
        extends: true,
        test: { name: 'cluster', globalSetup: ['tests/support/journey-clusters.ts'] },
      },
      ...faultProfileNames.map((name) => ({
        extends: true as const,
        test: {
          name,
          env: { ARENA_TEST_FAULTS: name },
          exclude: excludedUnder(name).map((one) => `tests/journeys/${one}.test.ts`),
        },
      })),
    ],
  },
});
