// @ts-check
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { flagsHere } from './node-flags.js';
import { onParentEnd } from './parent-end.js';

/** `npm start`: runs the build, or the sources if one of them is newer than the build. */
const root = new URL('../', import.meta.url);
const build = new URL('dist/bot/main.js', root);
const sources = ['bot', 'database', 'domains', 'redis', 'resources', 'sandbox', 'tools/build'];

/** @param {URL} file */
const changedMs = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** @returns {number} */
function latestChangeMs() {
  const files = sources.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true }).map(
      (name) => `${folder}/${String(name)}`,
    ),
  );
  const times = ['package-lock.json', ...files].map((file) => changedMs(new URL(file, root)));
  return Math.max(...times);
}

/** A running process cannot change these flags, so another one runs the bot. */
const flags = flagsHere();
if (flags.length > 0) runWith(flags);
else if (changedMs(build) >= latestChangeMs()) await import(build.href);
else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
}

/** @param {readonly string[]} flags */
function runWith(flags) {
  const args = [...process.execArgv, ...flags, fileURLToPath(import.meta.url)];
  // The bot stops in order when this process has ended, as it does below npm.
  const env = { ...process.env, npm_lifecycle_event: 'start' };
  const bot = spawn(process.execPath, args, { stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => bot.kill(signal));
  onParentEnd(() => bot.kill('SIGTERM'));
  bot.once('exit', (code) => process.exit(code ?? 1));
}
