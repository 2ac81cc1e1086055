import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { operationsFile } from './prometheus.ts';

const dashboardSchema = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) }),
  ),
});

/** The queries of the dashboard, with an interval for the variable that Grafana replaces. */
export function dashboardQueries(): string[] {
  const { panels } = dashboardSchema.parse(
    JSON.parse(readFileSync(operationsFile('grafana/arena.json'), 'utf8')),
  );
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  return queries.map((expr) => expr.replaceAll('$__rate_interval', '1m'));
}

export function alertQueries(): string[] {
  const rules = readFileSync(operationsFile('alerts.yml'), 'utf8');
  return [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, expr = '']) => expr);
}

/** The metrics that a query names; `up` is Prometheus' own. */
export function metricsIn(query: string): string[] {
  const bare = query.replaceAll(/\{[^}]*\}|\bby \([^)]*\)|\[[^\]]*\]/g, ' ');
  const words = bare.match(/\b[a-z]\w*_\w+\b/g) ?? [];
  return words.filter((word) => word !== 'histogram_quantile');
}

/** The values of all samples in Prometheus' text format, by name with labels. */
export function samplesIn(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}
