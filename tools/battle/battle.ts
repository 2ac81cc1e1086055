import { parseArgs } from 'node:util';
import { battleReport } from '../../bot/battle-report.ts';
import { BackupError } from '../../database/backup-error.ts';
import { languages } from '../../resources/texts/index.ts';
import { onlyWord, runCommand } from '../backup/run-command.ts';
import { openArchive } from './open-archive.ts';
import { writeBattleTest } from './write-battle-test.ts';

const USAGE = 'npm run battle -- ID [--language ru] [--as-test]';

/** Prints what each player saw in a stored battle, or writes a test that replays it. */
await runCommand(async ({ DATABASE_URL: url, DATA_DIR: dataDir }, log) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      language: { type: 'string', default: 'en' },
      'as-test': { type: 'boolean', default: false },
    },
  });
  const id = onlyWord(positionals, USAGE);
  const language = languages.find((one) => one === values.language);
  if (language === undefined) throw new BackupError(`Languages are ${languages.join(', ')}.`);
  const opened = await openArchive({ url, dataDir, log });
  try {
    const archived = await opened.archive.find(id);
    if (archived === null) throw new BackupError(`No battle ${id} is stored.`);
    if (values['as-test']) return await writeBattleTest(archived);
    const pages = (await battleReport({ ...opened, id, language })) ?? [];
    return pages.map(plainText).join('\n\n————————\n\n');
  } finally {
    await opened.close();
  }
});

function plainText(html: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(\w+);/g, (all, name: string) => signs[name] ?? all);
}
