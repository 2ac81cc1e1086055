import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { bundledBot, followOutput } from '../support/bot-child.ts';
import { newDataDir } from '../support/bot-process.ts';
import { findProgram } from '../support/find-program.ts';
import { repetitions } from '../support/repetitions.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = ['bot', 'database', 'domains', 'redis', 'resources', 'sandbox', 'tools/build'];

/** A project with this release's `npm start` and a build, which starts faster than the sources. */
function newProject(): string {
  const project = mkdtempSync(join(tmpdir(), 'arena-npm-'));
  onTestFinished(() => {
    rmSync(project, { recursive: true });
  });
  for (const folder of folders) mkdirSync(join(project, folder), { recursive: true });
  for (const file of ['package.json', 'bot/start.js', 'bot/node-flags.js', 'bot/parent-end.js'])
    cpSync(join(root, file), join(project, file), { preserveTimestamps: true });
  // The build is newer than what was copied before the run made it.
  symlinkSync(bundledBot(), join(project, 'dist'));
  return project;
}

test('npm start runs a program, which every shell can', () => {
  expect(packageJson.scripts.start).toMatch(/^node /);
});

/** Debian's dash stays in between, bash becomes the bot. */
const cases = ['dash', 'bash'].flatMap((shell) =>
  (['npm', 'shell'] as const).map((target) => ({ shell, target })),
);
const tried = repetitions({ short: 1, full: cases.length });

test.each(cases.slice(0, tried))(
  'SIGTERM to the $target stops the bot in order when npm uses $shell',
  async ({ shell, target }) => {
    const path = findProgram(shell);
    if (path === null || process.platform !== 'linux') {
      expect(process.env['CI'], `there is no ${shell}`).not.toBe('true');
      process.stdout.write(`\nSKIPPED: there is no ${shell}.\n`);
      return;
    }
    const DATA_DIR = await newDataDir();
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, DATA_DIR, SANDBOX_PORT: '0', npm_config_update_notifier: 'false' };
    const npm = spawn('npm', ['start', `--script-shell=${path}`], { cwd: newProject(), env });
    const bot = followOutput(npm);
    onTestFinished(() => void npm.kill('SIGKILL'));
    await bot.prints(/arena started/);
    const shellPid = childOf(npm.pid) ?? 0;
    const botPid = childOf(shellPid) ?? shellPid;
    onTestFinished(() => {
      if (existsSync(`/proc/${botPid}`)) process.kill(botPid, 'SIGKILL');
    });
    process.kill(target === 'npm' ? (npm.pid ?? 0) : shellPid, 'SIGTERM');
    await bot.ended;
    expect(bot.output()).toMatch(/stopping[^]*stopped/);
  },
  60_000,
);

function childOf(pid: number | undefined): number | null {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children === '' ? null : Number.parseInt(children, 10);
}
