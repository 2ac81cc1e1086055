import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, onTestFinished, test } from 'vitest';
import { findProgram } from './find-program.ts';
import { findPostgres, mustHavePostgres, ownerOf } from './postgres-server.ts';
import { stablePort } from './redis-server.ts';

/** Skipped where PostgreSQL or PgBouncer is missing; where CI=true it fails instead. */
export function describeOnPgBouncer(title: string, body: () => void): void {
  if (findPostgres() !== null && findProgram('pgbouncer') !== null) {
    describe(title, body);
  } else if (mustHavePostgres()) {
    test(title, () => {
      throw new Error('CI=true, but PostgreSQL or pgbouncer is missing: install both');
    });
  } else {
    test.skip(`${title}: skipped, PostgreSQL or pgbouncer is missing`);
  }
}

/** A PgBouncer before the server of this address, until the test ends; returns its address. */
export async function startPgBouncer(
  url: string,
  settings: Readonly<Record<string, string | number>> = {},
): Promise<string> {
  const program = findProgram('pgbouncer');
  if (program === null) throw new Error('There is no pgbouncer: install it');
  const server = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), 'arena-pgbouncer-'));
  const port = await stablePort();
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'trust',
    auth_file: join(folder, 'users'),
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  const databases = `[databases]\n* = host=${server.hostname} port=${server.port}\n`;
  writeFileSync(join(folder, 'users'), `"${server.username}" ""\n`);
  writeFileSync(join(folder, 'ini'), `${databases}[pgbouncer]\n${lines.join('\n')}\n`);
  const owner = ownerOf(folder);
  if (owner.uid !== undefined && owner.gid !== undefined)
    for (const file of ['users', 'ini']) chownSync(join(folder, file), owner.uid, owner.gid);
  const child = spawn(program, [join(folder, 'ini')], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  for await (const line of createInterface(child.stderr)) {
    if (!line.includes('process up')) continue;
    child.stderr.resume();
    server.port = String(port);
    return server.href;
  }
  throw new Error('PgBouncer did not start');
}
