import { expect, inject, onTestFailed, onTestFinished } from 'vitest';
import { type Sandbox, startSandbox } from 'telegram-sandbox';
import { type TestPlayer, drawChat, newTestPlayer } from 'telegram-sandbox/testing';
import { type Arena, type ArenaPorts, startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { FixedClock } from './clock.ts';
import { memoryRepositories } from './memory-repositories.ts';
import { quickTiming } from './quick-timing.ts';
import { RecordingLog } from './recording-log.ts';
import { flushCluster } from './redis-cluster.ts';
import { screensIn } from './screens-in-chat.ts';
import { hasFaults, currentFaultProfile } from './fault-profile.ts';

/** A bot on a sandbox over HTTP, with a clock that the test moves. */
export interface OpenArena {
  readonly arena: Arena;
  readonly sandbox: Sandbox;
  readonly clock: FixedClock;
  readonly log: RecordingLog;
  newPlayer(firstName: string, languageCode?: string): TestPlayer;
}

/** How much faster than real time; less under faults, to leave time for retries. */
const speedUp = () => (hasFaults() ? 20 : 50);

const TOKEN = '4242:token-of-a-journey-on-this-machine';

/** Opens an arena for one test and closes it afterwards. All settings but the waves are the defaults. */
export async function openArena(
  env: Readonly<Record<string, string>> = {},
  overrides: Partial<ArenaPorts> = {},
): Promise<OpenArena> {
  const clock = new FixedClock();
  const log = new RecordingLog();
  const faultSeed = Math.trunc(performance.now() * 1_000);
  const sandbox = await startSandbox({ token: TOKEN, faultSeed });
  const settings = readSettings({
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: sandbox.url,
    ARENA_WAVE_S: '0.02',
    ...(await ownCluster()),
    ...env,
  });
  const ownDatabase =
    settings.DATABASE_URL === null ? { repositories: memoryRepositories(clock) } : {};
  const arena = await startArena(settings, {
    log,
    clock,
    timing: quickTiming(speedUp()),
    ...ownDatabase,
    ...overrides,
  });
  onTestFailed(() => {
    const chats = sandbox.people.list().map((person) => drawChat(person.chat()));
    const lines = asText(log.lines.slice(-20));
    process.stderr.write(`${chats.join('\n\n')}\n${lines}\nfault seed ${faultSeed}\n`);
  });
  const endFaults = currentFaultProfile().start(sandbox);
  onTestFinished(async () => {
    await endFaults();
    try {
      // A screen may still be queued because of Telegram's limits.
      await arena.idle();
      await checkChats(sandbox);
    } finally {
      await arena.stop();
      await sandbox.close();
    }
  });
  return {
    arena,
    sandbox,
    clock,
    log,
    newPlayer: (firstName, languageCode) => newTestPlayer(sandbox, firstName, languageCode),
  };
}

/** The worker's cluster, emptied, if the journeys run on clusters. */
async function ownCluster(): Promise<{ readonly REDIS_URL?: string }> {
  const clusters = inject('clusters') ?? [];
  if (clusters.length === 0) return {};
  const worker = Number(process.env['VITEST_POOL_ID']);
  const url = clusters[worker - 1];
  if (url === undefined) throw new Error(`no cluster for worker ${worker}`);
  await flushCluster(url);
  return { REDIS_URL: url };
}

/**
 * Soon after the faults every player has one screen, at most one copy of it for each send without an
 * answer, and no unanswered tap.
 */
async function checkChats(sandbox: Sandbox): Promise<void> {
  for (const { id, profile } of sandbox.people.list()) {
    if (!profile.hasStarted || profile.hasBlockedBot) continue;
    const state = () => stateOf(sandbox, id);
    const message = `${profile.firstName}: screens and unanswered taps`;
    await expect.poll(state, { message }).toEqual([1, 0]);
    await checkDuel(sandbox, id);
  }
}

function stateOf(sandbox: Sandbox, id: number): [number, number] {
  const taps = sandbox.people.find(id)?.chat().unansweredTaps ?? [];
  return [screensIn(sandbox, id), taps.length];
}

/** A shown duel is up to date: /menu shows the same below the title, which has the opponent's state. */
async function checkDuel(sandbox: Sandbox, id: number): Promise<void> {
  const person = sandbox.people.find(id);
  const shown = person?.lastScreen();
  const isDuel = shown?.buttons
    .flat()
    .some((one) => one.data?.startsWith('battle.strike') === true);
  if (person == null || shown == null || isDuel !== true) return;
  person.say('/menu');
  const present = await person.waitFor((chat) => {
    const last = chat.messages.at(-1);
    return last?.from === 'bot' && last.messageId > shown.messageId && last;
  });
  expect(belowTitle(present.text)).toBe(belowTitle(shown.text));
}

function belowTitle(screen: string): string {
  return screen.slice(screen.indexOf('\n'));
}

/** Log lines above level info that no fault explains; empty after a journey without problems. */
export function loggedProblems({ log }: OpenArena): string[] {
  return (
    log.lines
      .filter((line) => line.level !== 'info')
      .filter((line) => !currentFaultProfile().expectedLogs.some((one) => one.test(line.message)))
      // Whoever moves the clock by minutes makes the bot believe that it was away.
      .filter((line) => !line.message.startsWith('downtime ended'))
      // The tests' own servers store nothing on disk.
      .filter((line) => line.message !== 'redis may lose data')
      .map((line) => `${line.message} ${asText(line.facts)}`)
  );
}

/** Errors as text, since they may contain cycles. */
function asText(facts: unknown): string {
  return JSON.stringify(facts, (_, value: unknown) =>
    value instanceof Error ? String(value) : value,
  );
}
