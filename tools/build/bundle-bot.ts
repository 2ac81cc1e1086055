import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Writes the bot as JavaScript into a folder of the project; `bot/main.js` there is what to run. Packages
 * stay in `node_modules`.
 */
export async function bundleBot(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    // The commands for operators are where their files are found, too: the image has no sources.
    entryPoints: [
      { in: 'bot/main.ts', out: 'main' },
      { in: 'tools/backup/backup.ts', out: 'backup' },
      { in: 'tools/backup/restore.ts', out: 'restore' },
      { in: 'tools/battle/battle.ts', out: 'battle' },
    ],
    outdir: join(folder, 'bot'),
    bundle: true,
    // What is imported late stays a file of its own.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // The one package that is TypeScript.
    alias: { 'telegram-sandbox': './sandbox/start-sandbox.ts' },
    sourcemap: true,
    logLevel: 'warning',
  });
  await copyFiles(folder);
}

/** The files that modules look for beside themselves. */
async function copyFiles(folder: string): Promise<void> {
  const names = await readdir(join(root, 'redis/scripts'));
  const scripts = names
    .filter((name) => name.endsWith('.lua'))
    .map((name) => [`redis/scripts/${name}`, `bot/${name}`] as const);
  const folders = [
    ['database/migrations', 'bot/migrations'],
    ['sandbox/page', 'page'],
  ] as const;
  const flags = ['bot/node-flags.js', 'bot/node-flags.js'] as const;
  for (const [from, to] of [...scripts, ...folders, flags])
    await cp(join(root, from), join(folder, to), { recursive: true });
}
