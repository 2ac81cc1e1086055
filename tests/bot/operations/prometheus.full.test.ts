import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { StartError } from '../../../bot/start-error.ts';
import { openArena } from '../../support/open-arena.ts';
import { alertQueries, dashboardQueries, metricsIn } from '../../support/operations-queries.ts';
import {
  describeOnPrometheus,
  operationsFile,
  promtool,
  startPrometheus,
} from '../../support/prometheus.ts';
import { stablePort } from '../../support/redis-server.ts';
import { openWatched, playEverything } from '../../support/watched-arena.ts';

test('each query of the dashboard and of an alert names metrics that /metrics has', async () => {
  const open = await openWatched();
  await playEverything(open);
  open.arena.log.warn({}, 'a warning of this test');
  const exposed = new Set([...(await open.metrics()).keys()].map((one) => one.split('{')[0]));
  const queries = [...dashboardQueries(), ...alertQueries()];
  expect(metricsIn('sum by (le) (rate(no_such_total{a_b="c_d"}[5m])) > 2')).toEqual([
    'no_such_total',
  ]);
  expect(alertQueries()).toHaveLength(9);
  const named = new Set(queries.flatMap(metricsIn));
  expect(named.size).toBeGreaterThan(25);
  expect([...named].filter((name) => !exposed.has(name))).toEqual([]);
});

test('the health check of the image follows /healthz', async () => {
  const open = await openWatched();
  const dockerfile = readFileSync(new URL('../../../Dockerfile', import.meta.url), 'utf8');
  const [, command = ''] = /^HEALTHCHECK [^[]*(?:\\\n *)?CMD (\[.*\])$/m.exec(dockerfile) ?? [];
  const [program = '', ...args] = z.array(z.string()).parse(JSON.parse(command));
  const check = async (port: number) => {
    const env = { PATH: process.env['PATH'], ARENA_OPS_PORT: String(port) };
    const [code] = z
      .tuple([z.number()])
      .rest(z.unknown())
      .parse(await once(spawn(program, args, { env }), 'exit'));
    return code;
  };
  const closed = await stablePort();
  expect(await Promise.all([check(open.port), check(closed), check(0)])).toEqual([0, 1, 0]);
});

test('a port that is in use ends the start with one line that names the setting', async () => {
  const open = await openWatched();
  const again = openArena({ ARENA_OPS_PORT: String(open.port) });
  await expect(again).rejects.toThrow(StartError);
  await expect(again).rejects.toThrow(/^ARENA_OPS_PORT \d+ cannot be opened .*EADDRINUSE/);
});

describeOnPrometheus('Prometheus', () => {
  test('finds nothing wrong with rules, alerts, configuration and metrics', async () => {
    const open = await openWatched();
    await playEverything(open);
    promtool(['check', 'rules', operationsFile('alerts.yml')]);
    promtool(['check', 'config', operationsFile('prometheus.yml')]);
    expect(promtool(['test', 'rules', operationsFile('alerts.test.yml')])).toContain('SUCCESS');
    expect(promtool(['check', 'metrics'], (await open.get('/metrics')).text)).toBe('');
    expect(() => promtool(['check', 'metrics'], 'no_help_total 1\n')).toThrow();
  });

  test('scrapes a running bot, and answers each query of the dashboard', async () => {
    const open = await openWatched();
    await playEverything(open);
    const prometheus = await startPrometheus(`127.0.0.1:${open.port}`);
    const value = async (query: string) => {
      const schema = z.object({
        result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })),
      });
      const { result } = schema.parse(await prometheus.ask('query', { query }));
      return result.map(({ value: [, text] }) => text);
    };
    await expect.poll(() => value('up{job="arena"}')).toEqual(['1']);
    expect(await value('arena_matches_total{kind="duel"}')).toEqual(['1']);
    expect(await value('arena_ready')).toEqual(['1']);
    for (const query of [...dashboardQueries(), ...alertQueries()])
      await prometheus.ask('query', { query });
    const schema = z.object({
      groups: z.array(z.object({ rules: z.array(z.object({ health: z.string() })) })),
    });
    const healths = async () =>
      schema
        .parse(await prometheus.ask('rules'))
        .groups.flatMap(({ rules }) => rules.map(({ health }) => health));
    await expect.poll(healths).toEqual(Array<string>(9).fill('ok'));
  });
});
