import { existsSync, readFileSync } from 'node:fs';
import { type Variables, parseEnvFile } from './environment.ts';
import { createLogger } from './logger.ts';
import { onParentEnd } from './parent-end.js';
import { ignoredVariables, readSettings } from './settings.ts';

const SHUTDOWN_TIMEOUT_MS = 9_500;

async function main(): Promise<void> {
  const settings = readSettings(process.env, readEnvFile());
  const log = createLogger({
    level: settings.LOG_LEVEL,
    readable: settings.NODE_ENV !== 'production',
  });
  const ignored = ignoredVariables(process.env);
  if (ignored.length > 0) log.debug({ ignored }, 'platform variables ignored');
  // Imported late: loading everything takes a second, and a wrong setting is reported at once.
  const { startArena } = await import('./start-arena.ts');
  const arena = await startArena(settings, { log, onFolderLost: () => process.exit(1) });

  let stopping = false;
  const end = async (code: number) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(code), SHUTDOWN_TIMEOUT_MS).unref();
    await arena.stop().catch((error: unknown) => {
      log.error({ err: error }, 'shutdown failed');
    });
    log.info({}, 'stopped');
    process.exit(code);
  };
  const stop = (signal: NodeJS.Signals) => {
    if (!stopping) log.info({ signal }, 'stopping');
    void end(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  onParentEnd(() => {
    stop('SIGTERM');
  });
  process.on('unhandledRejection', (error) => {
    arena.log.error({ err: error }, 'unhandled rejection');
  });

  await arena.ended.catch(async (error: unknown) => {
    if (stopping) return;
    log.fatal({ err: error }, 'telegram connection lost');
    await end(1);
  });
}

function readEnvFile(): Variables {
  return existsSync('.env') ? parseEnvFile(readFileSync('.env', 'utf8')) : {};
}

/** The start has failed: one line says why. */
main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Arena cannot start. ${reason}\n`);
  process.exit(1);
});
