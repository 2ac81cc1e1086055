import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/announce-servers.ts'],
    // Files share what they import: a third of the time, and nothing of ours keeps state there.
    isolate: false,
    testTimeout: 20_000,
  },
});
