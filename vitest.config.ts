import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { flagsHere } from './bot/node-flags.js';
import { shortRun } from './tests/support/short-run.ts';
import { SlowFirst } from './tests/support/slow-first.ts';

const cores = availableParallelism();

/** Files that need no server, browser or database: the inner loop. */
const fast = ['bot/*', 'domains/**/*', 'resources/*'];
/** Of those, what waits in real time, has a database, or fights thousands of battles. */
const slower = [
  ...['bot/polling', 'bot/logger', 'bot/longest-names', 'domains/combat/loadouts'],
  ...['domains/combat/levelled-duels', 'domains/combat/monsters-balance'],
  ...['attributes', 'balance', 'newcomers'].map((name) => `domains/combat/rules/v1/${name}`),
].map((name) => `tests/${name}.test.ts`);
/** Real calls under timeouts that are sped up: they run after all others, when the machine is less busy. */
const paced = ['tests/bot/outbox/*.test.ts'];
/** Whole processes that show together what smaller tests show one by one. */
const whole = ['tests/**/*.full.test.ts'];

const repeated =
  /repetitions\(|playedLanguages\(|describeOnEachDatabase\(|describeOnRedisCluster\(|openDurableArena\(|someDatabase\(/;

/** Files that repeat with random values, in each language or on each database, as often as the mode says. */
function repeating(): string[] {
  return readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `tests/${name}`)
    .filter((file) => repeated.test(readFileSync(file, 'utf8')));
}

/** `--mode fast` (`npm run test:fast`), `--mode full` (`npm run test:full`), or everything, shortened. */
export default defineConfig(({ mode }) => {
  const include = {
    fast: fast.map((name) => `tests/${name}.test.ts`),
    full: [...whole, ...repeating()],
  }[mode] ?? ['tests/**/*.test.ts'];
  const isWhole = mode !== 'fast' && mode !== 'full';
  const shared = {
    // Test files share imported modules, which have no state: a third of the time.
    isolate: false,
    // Fewer collections and no second compilation: a third of the processor time.
    execArgv: [...flagsHere(), shortRun],
    // What one run has compiled, the next one loads: a tenth of the processor time of each run.
    experimental: { fsModuleCache: true },
    // Generous, because a busy machine must not fail a test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  };
  // Of each project: vitest reads what they extend in its own mode, `test`.
  const own = {
    env: { ARENA_TEST_MODE: mode },
    // Tests that wait for processes and servers leave room for two files more; each worker imports everything.
    maxWorkers: mode === 'fast' ? cores : cores + 2,
  };
  const exclude = { fast: slower, full: paced }[mode] ?? [...paced, ...whole];
  const arena = {
    extends: true as const,
    test: { name: 'arena', ...own, include, exclude, sequence: { groupOrder: 0 } },
  };
  const last = {
    extends: true as const,
    test: { name: 'paced', ...own, maxWorkers: cores, include: paced, sequence: { groupOrder: 1 } },
  };
  const prepared = mode === 'fast' ? [] : ['temporary-folder', 'bundle-once'];
  return {
    test: {
      ...shared,
      globalSetup: ['announce-servers', ...prepared].map((name) => `tests/support/${name}.ts`),
      sequence: { sequencer: SlowFirst },
      projects: isWhole ? ['sandbox', arena, last] : [arena],
    },
  };
});
