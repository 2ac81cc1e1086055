import type { Sandbox } from 'telegram-sandbox';

/** What goes wrong between the bot and Telegram, again and again, for as long as a journey takes. */
export interface FaultProfile {
  /** Begins it; answers how to end it. */
  readonly start: (sandbox: Sandbox) => () => Promise<void>;
  /** Lines of the bot's log that it may bring about. */
  readonly expectedLogs: readonly RegExp[];
}

const FIRST_RESTART_MS = 200;
const RESTART_EVERY_MS = 2_500;

const profiles: Readonly<Record<string, FaultProfile>> = {
  floods: apiFaults({ method: '*', kind: 'flood', retryAfterS: 3, share: 0.1, times: null }),
  errors: apiFaults(
    { method: '*', kind: 'error', errorCode: 502, share: 0.05, times: null },
    { method: '*', kind: 'error', errorCode: 500, when: 'after', share: 0.05, times: null },
  ),
  resets: apiFaults(
    { method: '*', kind: 'reset', when: 'after', share: 0.05, times: null },
    { method: '*', kind: 'reset', when: 'before', share: 0.05, times: null },
  ),
  doubles: {
    expectedLogs: [],
    start: (sandbox) => {
      sandbox.doubleNextUpdates(null);
      return () => {
        sandbox.doubleNextUpdates(0);
        return Promise.resolve();
      };
    },
  },
  restarts: { expectedLogs: [/^telegram unavailable/], start: restartRepeatedly },
};

export const faultProfileNames: readonly string[] = Object.keys(profiles);

const nameOfRun = () => process.env['ARENA_TEST_WEATHER'] ?? 'calm';

/** Whether calls fail in this run. */
export function hasFaults(): boolean {
  return nameOfRun() !== 'calm';
}

/** The weather of this run: calm, unless `ARENA_TEST_WEATHER` names another. */
export function currentFaultProfile(): FaultProfile {
  const name = nameOfRun();
  if (name === 'calm') return { start: () => () => Promise.resolve(), expectedLogs: [] };
  const weather = profiles[name];
  if (weather === undefined) throw new Error(`There is no weather ${name}`);
  return weather;
}

function apiFaults(...faults: readonly Parameters<Sandbox['faults']['add']>[0][]): FaultProfile {
  return {
    // By the bot's quick clock a busy machine takes as long as Telegram waits for the answer.
    expectedLogs: [/^tap answer failed/],
    start: (sandbox) => {
      for (const fault of faults) sandbox.faults.add(fault);
      return () => {
        sandbox.faults.clear();
        return Promise.resolve();
      };
    },
  };
}

function restartRepeatedly(sandbox: Sandbox): () => Promise<void> {
  let restarting = Promise.resolve();
  const restart = () => {
    restarting = sandbox.restart({ downMs: 100 });
  };
  // Most journeys are over before the second one.
  const first = setTimeout(restart, FIRST_RESTART_MS);
  const others = setInterval(restart, RESTART_EVERY_MS);
  return () => {
    clearTimeout(first);
    clearInterval(others);
    return restarting;
  };
}
