import { onTestFinished } from 'vitest';
import { type Arena, startArena } from '../../bot/compose.ts';
import { readSettings } from '../../bot/settings.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { FixedClock } from './clock.ts';
import { type Traveller, newTraveller } from './person.ts';
import { quickTiming } from './quick-timing.ts';
import { RecordingLog } from './recording-log.ts';

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
  const arena = await startArena(settings, { log, clock, timing: quickTiming() });
  onTestFinished(async () => {
    await arena.stop();
    await sandbox.close();
  });
  return {
    arena,
    sandbox,
    clock,
    log,
    newcomer: (firstName, languageCode) => newTraveller(sandbox, firstName, languageCode),
  };
}

/** What went wrong in the bot's own eyes; empty on a good journey. */
export function troubles({ log }: OpenArena): string[] {
  return (
    log.lines
      .filter((line) => line.level !== 'info')
      // Whoever moves the clock by minutes makes the bot believe that it was away.
      .filter((line) => !line.message.startsWith('the bot was away'))
      .map((line) => `${line.message} ${JSON.stringify(line.facts)}`)
  );
}
