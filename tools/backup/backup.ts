import { parseArgs } from 'node:util';
import { backup } from '../../database/backup.ts';
import { onlyWord, runCommand } from './run-command.ts';

/** `npm run backup -- FILE`: writes the database of the settings into a file. */
await runCommand(async ({ DATABASE_URL: url, DATA_DIR: dataDir }, log) => {
  const { positionals } = parseArgs({ allowPositionals: true });
  return backup({ url, dataDir, log }, onlyWord(positionals, 'npm run backup -- FILE'));
});
