import { defineConfig } from 'vitest/config';

/** What is paced, or seen in a browser, takes time of its own: the crowd of other tests is over by then. */
const paced = [
  'tests/bot/outbox/*.test.ts',
  'tests/e2e/*.test.ts',
  'tests/tools/chaos-run.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['tests/support/announce-servers.ts'],
    // Files share what they import: a third of the time, and nothing of ours keeps state there.
    isolate: false,
    // How long anything takes says nothing here: a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      'sandbox',
      {
        extends: true,
        test: {
          name: 'arena',
          include: ['tests/**/*.test.ts'],
          exclude: paced,
          // One for each core; much of the time goes by waiting for processes and servers.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'paced', include: paced, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
