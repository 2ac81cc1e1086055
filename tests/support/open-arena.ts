import { expect, onTestFailed, onTestFinished } from 'vitest';
import { type Arena, startArena } from '../../bot/compose.ts';
import { readSettings } from '../../bot/settings.ts';
import { drawChat } from '../../sandbox/people/chat-view.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { FixedClock } from './clock.ts';
import { type Traveller, newTraveller } from './person.ts';
import { quickTiming } from './quick-timing.ts';
import { RecordingLog } from './recording-log.ts';
import { presentWeather } from './weather.ts';

/** A bot that serves the people of a sandbox over HTTP, with a clock that the test moves. */
export interface OpenArena {
  readonly arena: Arena;
  readonly sandbox: Sandbox;
  readonly clock: FixedClock;
  readonly log: RecordingLog;
  newcomer(firstName: string, languageCode?: string): Traveller;
}

const TOKEN = '4242:token-of-a-journey-on-this-machine';

/** Opens an arena for one test and closes it afterwards. Waves come fast, the game's times are the shipped ones. */
export async function openArena(env: Readonly<Record<string, string>> = {}): Promise<OpenArena> {
  const clock = new FixedClock();
  const log = new RecordingLog();
  const sandbox = await startSandbox({ token: TOKEN });
  const settings = readSettings({
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: sandbox.url,
    ARENA_WAVE_S: '0.02',
    ...env,
  });
  const arena = await startArena(settings, { log, clock, timing: quickTiming(50) });
  onTestFailed(() => {
    const chats = sandbox.people.list().map((person) => drawChat(person.chat()));
    process.stderr.write(`${chats.join('\n\n')}\n${JSON.stringify(log.lines.slice(-20))}\n`);
  });
  const weather = presentWeather();
  const clearUp = weather.begin(sandbox);
  onTestFinished(async () => {
    await clearUp();
    await arena.stop();
    await sandbox.close();
    checkChats(sandbox);
  });
  return {
    arena,
    sandbox,
    clock,
    log,
    newcomer: (firstName, languageCode) => newTraveller(sandbox, firstName, languageCode),
  };
}

/** Whatever the weather was: one screen in every chat, and no tap without an answer. */
function checkChats(sandbox: Sandbox): void {
  for (const person of sandbox.people.list()) {
    const { messages, unansweredTaps } = person.chat();
    const screens = messages.filter((one) => one.from === 'bot').map((one) => one.text);
    expect(screens.length, `screens of ${person.profile.firstName}`).toBeLessThanOrEqual(1);
    expect(unansweredTaps, `taps of ${person.profile.firstName}`).toEqual([]);
  }
}

/** What went wrong in the bot's own eyes; empty on a good journey. */
export function troubles({ log }: OpenArena): string[] {
  return (
    log.lines
      .filter((line) => line.level !== 'info')
      .filter((line) => !presentWeather().expected.some((one) => one.test(line.message)))
      // Whoever moves the clock by minutes makes the bot believe that it was away.
      .filter((line) => !line.message.startsWith('the bot was away'))
      .map((line) => `${line.message} ${JSON.stringify(line.facts)}`)
  );
}
