import { existsSync, readFileSync } from 'node:fs';
import { parseEnvFile } from '../../bot/environment.ts';
import { createLogger } from '../../bot/logger.ts';
import { type Settings, readSettings } from '../../bot/settings.ts';
import { BackupError } from '../../database/backup-error.ts';
import { DatabaseStartError } from '../../database/database-start-error.ts';
import { StartError } from '../../bot/start-error.ts';
import type { Log } from '../../domains/core/log.ts';

/** Runs a command with the bot's own settings; a failure that is known is one line. */
export async function runCommand(
  command: (settings: Settings, log: Log) => Promise<string>,
): Promise<void> {
  try {
    const file = existsSync('.env') ? parseEnvFile(readFileSync('.env', 'utf8')) : {};
    const settings = readSettings(process.env, file);
    const log = createLogger({ level: 'warn', readable: true });
    process.stdout.write(`${await command(settings, log)}\n`);
  } catch (error) {
    const isKnown = [BackupError, DatabaseStartError, StartError].some(
      (one) => error instanceof one,
    );
    if (!isKnown || !(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** The only word among the arguments that is no option. */
export function onlyWord(words: readonly string[], usage: string): string {
  const [word] = words;
  if (word === undefined || words.length > 1) throw new BackupError(`Usage: ${usage}`);
  return word;
}
