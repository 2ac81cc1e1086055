import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/announce-servers.ts'],
    // Files share what they import: a third of the time, and nothing of ours keeps state there.
    isolate: false,
    // One for each core; much of the time goes by waiting for processes and servers.
    maxWorkers: '100%',
    testTimeout: 20_000,
  },
});
