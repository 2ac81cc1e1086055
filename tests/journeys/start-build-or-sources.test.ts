import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = ['bot', 'database', 'domains', 'redis', 'resources', 'sandbox', 'tools/build'];

/** A project whose sources and build only say what they are. */
function newProject() {
  const project = mkdtempSync(join(tmpdir(), 'arena-start-'));
  onTestFinished(() => {
    rmSync(project, { recursive: true });
  });
  for (const folder of [...folders, 'dist/bot'])
    mkdirSync(join(project, folder), { recursive: true });
  cpSync(join(root, 'bot/start.js'), join(project, 'bot/start.js'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  writeFileSync(join(project, 'bot/main.ts'), `const said: string = 'sources'; console.log(said);`);
  writeFileSync(join(project, 'redis/join.lua'), '');
  return {
    build: () => {
      writeFileSync(join(project, 'dist/bot/main.js'), `console.log('build');`);
    },
    change: (file: string, seconds: number) => {
      const time = Date.now() / 1000 + seconds;
      utimesSync(join(project, file), time, time);
    },
    start: () => execFileSync(process.execPath, ['bot/start.js'], { cwd: project }).toString(),
  };
}

describe('npm start', () => {
  test('runs the sources without a build', () => {
    expect(newProject().start()).toBe('sources\n');
  });

  test('runs a build that is newer than every source', () => {
    const project = newProject();
    project.build();
    expect(project.start()).toBe('build\n');
  });

  test('runs the sources if one of them is newer than the build', () => {
    const project = newProject();
    project.build();
    project.change('redis/join.lua', 60);
    expect(project.start()).toBe('sources\n');
  });
});
