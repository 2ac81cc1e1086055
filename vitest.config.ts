import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { flagsHere } from './bot/node-flags.js';
import { SlowFirst } from './tests/support/slow-first.ts';

const cores = availableParallelism();

/** Files that need no server, browser or database: the inner loop. */
const fast = ['bot/*', 'domains/**/*', 'resources/*', 'words/*'];
/** Files that repeat with random values. */
const statistical = [
  ...['races/*', 'redis/managers/arena-invariants', 'database/battle-archive'],
  'database/ladder-plans',
  ...['domains/combat/**/*', 'domains/inventory/bag-model', 'bot/longest-names'],
];
/** Real calls under timeouts that are sped up: they run after all others, when the machine is less busy. */
const paced = ['tests/bot/outbox/*.test.ts'];

const filesOf = (names: readonly string[]) => names.map((name) => `tests/${name}.test.ts`);

/** `--mode fast` (`npm run test:fast`), `--mode full` (`npm run test:full`), or everything, shortened. */
export default defineConfig(({ mode }) => {
  const include = { fast: filesOf(fast), full: filesOf(statistical) }[mode] ?? [
    'tests/**/*.test.ts',
  ];
  const isWhole = mode !== 'fast' && mode !== 'full';
  const shared = {
    // Test files share imported modules, which have no state: a third of the time.
    isolate: false,
    // Fewer collections: a sixth of the processor time.
    execArgv: [...flagsHere()],
    // Generous, because a busy machine must not fail a test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // Tests mostly wait for processes and servers: two files a core keep it busy.
    maxWorkers: mode === 'fast' ? cores : 2 * cores,
  };
  // Of each project: vitest reads what they extend in its own mode, `test`.
  const env = { ARENA_TEST_MODE: mode };
  const arena = {
    extends: true as const,
    test: { name: 'arena', env, include, exclude: paced, sequence: { groupOrder: 0 } },
  };
  const last = {
    extends: true as const,
    test: { name: 'paced', env, include: paced, sequence: { groupOrder: 1 } },
  };
  const bundle = mode === 'fast' ? [] : ['tests/support/bundle-once.ts'];
  return {
    test: {
      ...shared,
      globalSetup: ['tests/support/announce-servers.ts', ...bundle],
      sequence: { sequencer: SlowFirst },
      projects: isWhole ? ['sandbox', arena, last] : [arena],
    },
  };
});
