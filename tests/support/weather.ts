import type { Sandbox } from '../../sandbox/start-sandbox.ts';

/** What goes wrong between the bot and Telegram, again and again, for as long as a journey takes. */
export interface Weather {
  /** Begins it; answers how to end it. */
  readonly begin: (sandbox: Sandbox) => () => Promise<void>;
  /** Lines of the bot's log that it may bring about. */
  readonly expected: readonly RegExp[];
}

const FIRST_RESTART_MS = 200;
const RESTART_EVERY_MS = 2_500;

const weathers: Readonly<Record<string, Weather>> = {
  floods: faulty({ method: '*', kind: 'flood', retryAfterS: 3, share: 0.1, times: null }),
  errors: faulty(
    { method: '*', kind: 'error', errorCode: 502, share: 0.05, times: null },
    { method: '*', kind: 'error', errorCode: 500, when: 'after', share: 0.05, times: null },
  ),
  resets: faulty(
    { method: '*', kind: 'reset', when: 'after', share: 0.05, times: null },
    { method: '*', kind: 'reset', when: 'before', share: 0.05, times: null },
  ),
  doubles: {
    expected: [],
    begin: (sandbox) => {
      sandbox.doubleNextUpdates(null);
      return () => {
        sandbox.doubleNextUpdates(0);
        return Promise.resolve();
      };
    },
  },
  restarts: { expected: [/^updates cannot be had/], begin: restartAgainAndAgain },
};

export const weatherNames: readonly string[] = Object.keys(weathers);

const nameOfRun = () => process.env['ARENA_TEST_WEATHER'] ?? 'calm';

/** Whether calls fail in this run. */
export function isFaulty(): boolean {
  return nameOfRun() !== 'calm';
}

/** The weather of this run: calm, unless `ARENA_TEST_WEATHER` names another. */
export function presentWeather(): Weather {
  const name = nameOfRun();
  if (name === 'calm') return { begin: () => () => Promise.resolve(), expected: [] };
  const weather = weathers[name];
  if (weather === undefined) throw new Error(`There is no weather ${name}`);
  return weather;
}

function faulty(...faults: readonly Parameters<Sandbox['faults']['add']>[0][]): Weather {
  return {
    // By the bot's quick clock a busy machine takes as long as Telegram waits for the answer.
    expected: [/^a tap could not be acknowledged/],
    begin: (sandbox) => {
      for (const fault of faults) sandbox.faults.add(fault);
      return () => {
        sandbox.faults.clear();
        return Promise.resolve();
      };
    },
  };
}

function restartAgainAndAgain(sandbox: Sandbox): () => Promise<void> {
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
