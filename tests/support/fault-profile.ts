import type { Sandbox } from 'telegram-sandbox';

export interface FaultProfile {
  /** Starts the faults; answers a function that ends them. */
  readonly start: (sandbox: Sandbox) => () => Promise<void>;
  /** Log lines of the bot that these faults may cause. */
  readonly expectedLogs: readonly RegExp[];
}

type ApiFault = Parameters<Sandbox['faults']['add']>[0];

/** A picture whose answer is lost: it may have arrived. */
const NOT_SENT_AGAIN = /^direct message failed/;
const FIRST_RESTART_MS = 200;
const RESTART_EVERY_MS = 2_500;

const profiles: Readonly<Record<string, FaultProfile>> = {
  // Of 3 s each, one tap in 100,000 would not be answered within its 14 s.
  floods: apiFaults({ method: '*', kind: 'flood', retryAfterS: 1, share: 0.1, times: null }),
  errors: lostAnswers(
    { method: '*', kind: 'error', errorCode: 502, share: 0.05, times: null },
    { method: '*', kind: 'error', errorCode: 500, when: 'after', share: 0.05, times: null },
  ),
  resets: lostAnswers(
    { method: '*', kind: 'reset', when: 'after', share: 0.05, times: null },
    { method: '*', kind: 'reset', when: 'before', share: 0.05, times: null },
  ),
  duplicates: {
    expectedLogs: [],
    start: (sandbox) => {
      sandbox.doubleNextUpdates(null);
      return () => {
        sandbox.doubleNextUpdates(0);
        return Promise.resolve();
      };
    },
  },
  restarts: {
    expectedLogs: [/^telegram unavailable/, NOT_SENT_AGAIN],
    start: restartRepeatedly,
  },
};

export const faultProfileNames: readonly string[] = Object.keys(profiles);

const profileName = () => process.env['ARENA_TEST_FAULTS'] ?? 'none';

export function hasFaults(): boolean {
  return profileName() !== 'none';
}

/** The profile that ARENA_TEST_FAULTS names; without it, no faults. */
export function currentFaultProfile(): FaultProfile {
  const name = profileName();
  if (name === 'none') return { start: () => () => Promise.resolve(), expectedLogs: [] };
  const profile = profiles[name];
  if (profile === undefined) throw new Error(`unknown fault profile ${name}`);
  return profile;
}

function apiFaults(...faults: readonly ApiFault[]): FaultProfile {
  return {
    // The bot's clock runs fast, so on a busy machine an answer may exceed Telegram's time limit.
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

function lostAnswers(...faults: readonly ApiFault[]): FaultProfile {
  const { start, expectedLogs } = apiFaults(...faults);
  return { start, expectedLogs: [...expectedLogs, NOT_SENT_AGAIN] };
}

function restartRepeatedly(sandbox: Sandbox): () => Promise<void> {
  let restarting = Promise.resolve();
  const restart = () => {
    restarting = sandbox.restart({ downMs: 100 });
  };
  // Early, since most journeys end before the interval does.
  const first = setTimeout(restart, FIRST_RESTART_MS);
  const others = setInterval(restart, RESTART_EVERY_MS);
  return () => {
    clearTimeout(first);
    clearInterval(others);
    return restarting;
  };
}
