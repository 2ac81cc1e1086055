import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/announce-servers.ts'],
    testTimeout: 20_000,
  },
});
