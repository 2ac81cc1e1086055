import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { createLogger } from './logger.ts';
import { type Settings, checkSettingNames, readSettings } from './settings.ts';

const GRACE_MS = 9_500;

/** Settings from the environment, then from `.env`; what the environment says wins. */
function settingsOf(env: NodeJS.ProcessEnv): Settings {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  checkSettingNames(Object.keys(file));
  return readSettings({ ...file, ...env });
}

/** One line that says what is wrong and how to mend it; the start has failed. */
function fail(error: unknown): never {
  process.stderr.write(
    `Arena cannot start. ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}

async function main(): Promise<void> {
  const settings = settingsOf(process.env);
  const log = createLogger({
    level: settings.LOG_LEVEL,
    readable: settings.NODE_ENV !== 'production',
  });
  // A wrong setting is told at once: reading in the whole house takes a second and more.
  const { startArena } = await import('./start-arena.ts');
  const arena = await startArena(settings, { log });

  let stopping = false;
  const end = async (code: number) => {
    if (stopping) return;
    stopping = true;
    // Nothing may keep a stopped bot alive: after its grace the process ends all the same.
    setTimeout(() => process.exit(code), GRACE_MS).unref();
    await arena.stop().catch((error: unknown) => {
      log.error({ err: error }, 'the bot could not stop in order');
    });
    log.info({}, 'stopped');
    process.exit(code);
  };
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping: taking no new updates, finishing those under way');
    void end(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'a promise was rejected and nobody listened');
  });

  await arena.ended.catch(async (error: unknown) => {
    if (stopping) return;
    log.fatal({ err: error }, 'the bot has lost its connection to Telegram for good');
    await end(1);
  });
}

main().catch(fail);
