import { defineConfig } from 'vitest/config';
import { weatherNames } from './tests/support/weather.ts';

/** The journeys once more under every fault that the way to Telegram can have. */
export default defineConfig({
  test: {
    isolate: false,
    // One for each core; much of the time goes by waiting for processes and servers.
    maxWorkers: '100%',
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // What a test leaves behind is looked at until the weather has passed.
    hookTimeout: 60_000,
    projects: weatherNames.map((name) => ({
      extends: true,
      test: {
        name,
        include: ['tests/journeys/*.test.ts'],
        // Starts of processes and databases, and who does which part, have nothing to do with the weather.
        exclude: [
          'tests/journeys/start-and-stop.test.ts',
          'tests/journeys/restart-and-return.test.ts',
          'tests/journeys/database-down-and-back.test.ts',
          'tests/journeys/four-shells-at-once.test.ts',
          'tests/journeys/several-processes.test.ts',
        ],
        env: { ARENA_TEST_WEATHER: name },
      },
    })),
  },
});
