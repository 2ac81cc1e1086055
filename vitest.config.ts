import { defineConfig } from 'vitest/config';

/** Tests that depend on real time or a browser run after all others, when the machine is less busy. */
const paced = [
  'tests/bot/outbox/*.test.ts',
  'tests/e2e/*.test.ts',
  'tests/tools/chaos-run.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['tests/support/announce-servers.ts'],
    // Test files share imported modules, which have no state: a third of the time.
    isolate: false,
    // Generous, because a busy machine must not fail a test.
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
          // Tests mostly wait for processes and servers.
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
