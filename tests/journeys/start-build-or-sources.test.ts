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
import { nodeFlags, usableMemory } from '../../bot/node-flags.js';

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
  for (const file of ['bot/start.js', 'bot/node-flags.js', 'bot/parent-end.js'])
    cpSync(join(root, file), join(project, file));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  writeFileSync(join(project, 'bot/main.ts'), `const said: string = 'sources'; console.log(said);`);
  writeFileSync(join(project, 'redis/join.lua'), '');
  return {
    change: (file: string, seconds: number) => {
      const time = Date.now() / 1000 + seconds;
      utimesSync(join(project, file), time, time);
    },
    build: (text: string) => {
      writeFileSync(join(project, 'dist/bot/main.js'), text);
    },
    start: (env: Readonly<Record<string, string>> = {}) => {
      const options = { cwd: project, env: { ...process.env, ...env } };
      return execFileSync(process.execPath, ['bot/start.js'], options).toString();
    },
  };
}

describe('npm start', () => {
  test('runs the sources without a build', () => {
    expect(newProject().start()).toBe('sources\n');
  });

  test('runs a build that is newer than every source', () => {
    const project = newProject();
    project.build(`console.log('build');`);
    expect(project.start()).toBe('build\n');
  });

  test('runs the sources if one of them is newer than the build', () => {
    const project = newProject();
    project.build(`console.log('build');`);
    project.change('redis/join.lua', 60);
    expect(project.start()).toBe('sources\n');
  });

  test('starts Node with the flags that suit the memory, unless NODE_OPTIONS has them', () => {
    const project = newProject();
    const flags = nodeFlags({ memoryBytes: usableMemory(), given: [] });
    project.build('console.log(process.execArgv.join());');
    expect(project.start()).toBe(`${flags.join()}\n`);
    expect(project.start({ NODE_OPTIONS: '--max-semi-space-size=16' })).toBe('\n');
  });

  test('exits with the code of the bot', () => {
    const project = newProject();
    project.build('process.exit(7);');
    expect(() => project.start()).toThrow(expect.objectContaining({ status: 7 }));
  });
});
