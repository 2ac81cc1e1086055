import { defineConfig } from 'vitest/config';
import { faultProfileNames } from './tests/support/fault-profile.ts';

/**
 * Starts of processes and databases, and who does which part, have nothing to do with any of it; the
 * commands of a tap are counted where no call is repeated.
 */
const exclude = [
  'command-counts',
  'start-and-stop',
  'restart-and-return',
  'database-down-and-back',
  'four-shells-at-once',
  'several-processes',
  'redis-failover',
].map((name) => `tests/journeys/${name}.test.ts`);

/** The journeys once more, on a cluster, and under every fault that the way to Telegram can have. */
export default defineConfig({
  test: {
    isolate: false,
    // One for each core; much of the time goes by waiting for processes and servers.
    maxWorkers: '100%',
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // What a test leaves behind is looked at until the weather has passed.
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
          env: { ARENA_TEST_WEATHER: name },
          // Faults of their own, which leave no room for others.
          exclude: ['telegram-unavailable', 'two-copies'].map((one) => `tests/journeys/${one}.test.ts`),
        },
      })),
    ],
  },
});
