import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const folder = new URL('../../../redis/scripts/', import.meta.url);
const scripts = readdirSync(folder).filter((name) => name.endsWith('.lua'));

test('scripts are found', () => {
  expect(scripts.length).toBeGreaterThan(5);
});

describe.each(scripts)('%s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const header = text.slice(0, text.search(/^[^-]/m));
  const body = text.slice(header.length);
  const section = (title: string, next: string) =>
    new RegExp(`^-- ${title}$([^]*?)^-- ${next}`, 'm').exec(header)?.[1] ?? '';

  test('documents its purpose, KEYS, ARGV, replies and what it never does', () => {
    expect(header).toMatch(/^-- \S[^]*^-- KEYS$[^]*^-- ARGV$[^]*^-- Replies$[^]*^-- Never /m);
  });

  test('returns exactly the replies that its header documents', () => {
    const replied = [...body.matchAll(/return '(\w+)'/g)].map(([, word]) => word);
    const explained = [...section('Replies', 'Never').matchAll(/^-- {3}(\w+) /gm)];
    expect([...new Set(replied)].toSorted()).toEqual(explained.map(([, word]) => word).toSorted());
  });

  test('uses only the KEYS and ARGV that its header documents', () => {
    for (const [list, next] of [
      ['KEYS', 'ARGV'],
      ['ARGV', 'Replies'],
    ] as const) {
      const used = [...body.matchAll(new RegExp(`${list}\\[(\\d+)\\]`, 'g'))];
      const documented = [...section(list, next).matchAll(/(?:^-- {3}|, )(\d+) /gm)];
      const numbers = documented.map(([, number]) => Number(number));
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      for (const [, number] of used) expect(numbers).toContain(Number(number));
    }
  });

  test('gets time, keys and randomness as arguments and runs on Lua 5.1 and 5.3', () => {
    expectPortable(body);
    expect(body.includes("'TIME'")).toBe(name === 'server-time.lua');
  });

  test('has a TypeScript wrapper of the same name', () => {
    const twin = new URL(name.replace(/\.lua$/, '.ts'), folder);
    expect(existsSync(twin)).toBe(true);
    const stem = name.replace(/\.lua$/, '');
    expect(readFileSync(twin, 'utf8')).toContain(`'${stem}'`);
  });
});

function expectPortable(body: string): void {
  const ofBoth = body
    .replace('local unpack = unpack or table.unpack', '')
    .replace(/\bunpack\(/g, '(');
  expect(ofBoth).not.toMatch(/random|cjson|cmsgpack|bit\.|unpack|\.\. *':|'\{/);
}
