// @ts-check
import { readdirSync, statSync } from 'node:fs';

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

if (changedMs(build) >= latestChangeMs()) {
  await import(build.href);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
}
