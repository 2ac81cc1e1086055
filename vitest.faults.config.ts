import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { flagsHere } from './bot/node-flags.js';
import { faultProfileNames } from './tests/support/fault-profile.ts';
import { shortRun } from './tests/support/short-run.ts';

/**
 * Journeys that play by taps and texts on a Redis of the run: lost answers, repeated updates or another slot may change
 * each of their steps. The others have stores, processes or faults of their own.
 */
const played = [
  ...['both-tap-at-once', 'cancel-search', 'delete-while-queued', 'double-start', 'find-a-duel'],
  ...['first-fight', 'flood', 'level-and-board', 'onboarding', 'opponent-card', 'quick-start'],
  ...['plugged-in-feature', 'session-lost-in-duel', 'shadow-after-timeout', 'stale-button'],
  ...['stale-name-prompt', 'taps-and-updates', 'groups', 'service-messages', 'world'],
];
/** Slow, with an embedded database: a repeated update may buy or store twice, the other faults repeat what `played` shows. */
const stored = ['bag', 'history'];
/** Have faults of Telegram themselves. */
const faulty = ['telegram-silent', 'telegram-unavailable', 'two-copies'];

function journeysUnder(name: string): string[] {
  // A repeated update or a restart would end the poll that `telegram-silent` counts on.
  if (name === 'duplicates') return [...played, ...stored];
  // A message to a group is not sent again: a restart may lose it.
  if (name === 'restarts') return played.filter((journey) => journey !== 'groups');
  return [...played, 'telegram-silent'];
}

/** `npm test` plays each long journey in one. */
const bothLanguages = { ARENA_TEST_MODE: 'full' };

const filesOf = (names: readonly string[]) => names.map((name) => `tests/journeys/${name}.test.ts`);

/** The journeys on a cluster, and once under each fault profile. */
export default defineConfig({
  test: {
    isolate: false,
    experimental: { fsModuleCache: true },
    execArgv: [...flagsHere(), shortRun],
    // Tests mostly wait for faults to pass.
    maxWorkers: availableParallelism() + 2,
    testTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // A journey's chats are checked after its faults.
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'cluster',
          include: filesOf([...played, ...stored, ...faulty]),
          globalSetup: ['tests/support/journey-clusters.ts'],
          env: bothLanguages,
        },
      },
      ...faultProfileNames.map((name) => ({
        extends: true as const,
        test: {
          name,
          env: { ...bothLanguages, ARENA_TEST_FAULTS: name },
          include: filesOf(journeysUnder(name)),
        },
      })),
    ],
  },
});
