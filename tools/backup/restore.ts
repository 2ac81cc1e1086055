import { parseArgs } from 'node:util';
import { restore } from '../../database/backup.ts';
import { onlyWord, runCommand } from './run-command.ts';

/** `npm run restore -- FILE [--replace]`: puts a backup into the database of the settings. */
await runCommand(async ({ DATABASE_URL: url, DATA_DIR: dataDir }, log) => {
  const options = { replace: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const file = onlyWord(positionals, 'npm run restore -- FILE [--replace]');
  return restore({ url, dataDir, log }, { file, replace: values.replace });
});
