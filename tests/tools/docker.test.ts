import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const dockerfile = read('Dockerfile');
const compose = read('docker-compose.yml');
const [, lastStage = ''] = /^FROM (?![^]*^FROM )([^]*)/m.exec(dockerfile) ?? [];

describe('the image', () => {
  test('has pinned bases, and ends with a process of a user without rights', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases.filter((base) => !/:\d/.test(base ?? ''))).toEqual([]);
    const [user] = [...lastStage.matchAll(/^USER (\S+)/gm)].map(([, name]) => name).slice(-1);
    expect(user).toBe('node');
    expect(lastStage).toMatch(/^CMD \["sh", "-c", "exec node /m);
  });

  test('holds neither build tools nor development packages', () => {
    expect(dockerfile).toMatch(/npm ci --omit=dev/);
    expect(dockerfile).not.toMatch(/apt|apk|build-essential|g\+\+|python/);
    expect(lastStage).not.toMatch(/npm (ci|i|install)\b/);
  });

  test('runs the build, which one stage makes and the last one copies', () => {
    expect(dockerfile).toMatch(/^RUN npm run build$/m);
    expect(lastStage).toMatch(/^COPY --from=build \/app\/dist \.\/dist$/m);
    expect(lastStage).toMatch(
      /exec node \$\(node dist\/bot\/node-flags\.js\) dist\/bot\/main\.js"\]$/m,
    );
    expect(lastStage).not.toMatch(/tsx|^COPY (bot|sandbox)/m);
  });

  test('has a data folder that belongs to its user before a volume is mounted there', () => {
    const [beforeUser = ''] = lastStage.split(/^USER /m);
    expect(beforeUser).toMatch(/^RUN mkdir data && chown node:node data$/m);
  });
});

describe('the compose file', () => {
  test('pins images, and publishes ports of dashboards alone, on this machine', () => {
    const images = [...compose.matchAll(/^ +image: (\S+)/gm)].map(([, image]) => image);
    expect(images.length).toBeGreaterThan(0);
    expect(images.filter((image) => !/:v?\d/.test(image ?? ''))).toEqual([]);
    const ports = [...compose.matchAll(/^ {4}ports:\n((?: {6}.*\n)+)/gm)].map(([, list]) => list);
    expect(ports).toEqual(['9090', '3000'].map((port) => `      - 127.0.0.1:${port}:${port}\n`));
    const start = compose.indexOf('\n  prometheus:');
    expect(start).toBeGreaterThan(compose.indexOf('\n  postgres:'));
    expect(compose.indexOf('ports:')).toBeGreaterThan(start);
  });

  test('mounts named volumes, whose owner is that of the folder in the image', () => {
    const mounts = [...compose.matchAll(/^ +- ([^:\s]+):\/\S+$/gm)].map(
      ([, source]) => source ?? '',
    );
    expect(mounts.length).toBeGreaterThan(0);
    for (const mount of mounts.filter((one) => !one.startsWith('./')))
      expect(compose).toMatch(new RegExp(`^volumes:[^]*^  ${mount}:`, 'm'));
  });

  test('gives the bot more than the ten seconds in which it stops', () => {
    expect(Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1])).toBeGreaterThan(10);
  });
});
