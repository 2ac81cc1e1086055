import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { findProgram } from './find-program.ts';
import { stablePort } from './redis-server.ts';

const operations = fileURLToPath(new URL('../../resources/operations/', import.meta.url));
export const operationsFile = (name: string) => join(operations, name);

export function hasPrometheus(): boolean {
  return findProgram('prometheus') !== null && findProgram('promtool') !== null;
}

/** Skipped where Prometheus is missing; where CI=true it fails instead. */
export function describeOnPrometheus(title: string, body: () => void): void {
  if (hasPrometheus()) {
    describe(title, body);
  } else if (process.env['CI'] === 'true') {
    test(title, () => {
      throw new Error('CI=true, but no prometheus on the PATH: install it');
    });
  } else {
    test.skip(`${title}: skipped, no prometheus on the PATH`);
  }
}

/** Rejects with what promtool says if it finds anything. */
export function promtool(args: readonly string[], input = ''): string {
  const program = findProgram('promtool');
  if (program === null) throw new Error('There is no promtool: install Prometheus');
  return execFileSync(program, args, { input, encoding: 'utf8', stdio: 'pipe' });
}

const answerSchema = z.object({ status: z.literal('success'), data: z.unknown() });

export interface RunningPrometheus {
  /** The data of a path of its API. */
  ask(path: string, query?: Readonly<Record<string, string>>): Promise<unknown>;
}

/** A Prometheus with our alerts that scrapes this address once a second, until the test ends. */
export async function startPrometheus(target: string): Promise<RunningPrometheus> {
  const program = findProgram('prometheus');
  if (program === null) throw new Error('There is no prometheus: install it');
  const folder = mkdtempSync(join(tmpdir(), 'arena-prometheus-'));
  const port = await stablePort();
  writeFileSync(join(folder, 'prometheus.yml'), configOf(target));
  const places = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
  const child = spawn(program, [...places, `--web.listen-address=127.0.0.1:${port}`], {
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const base = `http://127.0.0.1:${port}`;
  const isReady = () => fetch(`${base}/-/ready`).then(({ ok }) => ok);
  await vi.waitUntil(() => isReady().catch(() => false), { timeout: 30_000, interval: 100 });
  return {
    ask: async (path, query = {}) => {
      const response = await fetch(
        `${base}/api/v1/${path}?${new URLSearchParams(query).toString()}`,
      );
      const answer = answerSchema.safeParse(await response.json());
      if (!answer.success) throw new Error(`${path} ${JSON.stringify(query)} was refused`);
      return answer.data.data;
    },
  };
}

function configOf(target: string): string {
  return `global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: ['${operationsFile('alerts.yml')}']
scrape_configs: [{ job_name: arena, static_configs: [{ targets: ['${target}'] }] }]
`;
}
