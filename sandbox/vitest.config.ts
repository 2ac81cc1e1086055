import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Run alone by `npm test` in this folder, and as one of the projects of the repository's own run. */
export default defineConfig({
  test: {
    name: 'sandbox',
    include: ['tests/**/*.test.ts'],
    isolate: false,
    // As in the repository's own run, whose projects share the workers.
    maxWorkers: availableParallelism() + 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
