import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { flagsHere } from './bot/node-flags.js';
import { shortRun } from './tests/support/short-run.ts';
import { SlowFirst } from './tests/support/slow-first.ts';

const cores = availableParallelism();

/** Files that need no server, browser or database: the inner loop. */
const fast = ['bot/*', 'domains/**/*', 'resources/*'];
const named = (names: readonly string[]) => names.map((name) => `tests/${name}.test.ts`);
/** Thousands of battles. */
const battles = named([
  ...['loadouts', 'levelled-duels', 'monsters-balance'].map((name) => `domains/combat/${name}`),
  ...['attributes', 'balance', 'newcomers'].map((name) => `domains/combat/rules/v1/${name}`),
]);
/** What waits in real time or has a database. */
const slower = named(['bot/polling', 'bot/logger', 'bot/longest-names']);
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

/** Modules of Node's own: each use of an import through the test runner is a call, which doubles the time of a battle. */
const asNodeModules = {
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: ['--import', 'tsx'],
};

/** `--mode fast` (`npm run test:fast`), `--mode full` (`npm run test:full`), or everything, shortened. */
export default defineConfig(({ mode }) => {
  const include = {
    fast: named(fast),
    full: [...whole, ...repeating()],
  }[mode] ?? ['tests/**/*.test.ts'];
  // Of each project: vitest reads what they extend in its own mode, `test`.
  const own = {
    env: { ARENA_TEST_MODE: mode },
    // Tests that wait for processes and servers leave room for two files more; each worker imports everything.
    maxWorkers: mode === 'fast' ? cores : cores + 2,
  };
  const exclude = { fast: slower, full: paced }[mode] ?? [...paced, ...whole];
  const prepared = mode === 'fast' ? [] : ['temporary-folder', 'bundle-once'];
  const globalSetup = ['announce-servers', ...prepared].map((name) => `tests/support/${name}.ts`);
  const first = { ...own, sequence: { groupOrder: 0 } };
  const arena = {
    extends: true as const,
    test: { name: 'arena', ...first, globalSetup, include, exclude: [...exclude, ...battles] },
  };
  const fought = {
    extends: true as const,
    test: { name: 'battles', ...first, ...asNodeModules, include: battles },
  };
  const last = {
    extends: true as const,
    test: { name: 'paced', ...own, maxWorkers: cores, include: paced, sequence: { groupOrder: 1 } },
  };
  return {
    test: {
      ...shared,
      sequence: { sequencer: SlowFirst },
      projects: { fast: [arena], full: [arena, fought] }[mode] ?? ['sandbox', arena, fought, last],
    },
  };
});
