import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { METHODS } from '../methods/method-table.ts';
import { SERVED_UPDATE_KINDS } from '../world/update-kinds.ts';
import { runToEnd } from './package-process.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const README = read('README.md');

/** The words in backquotes between two places of the README. */
function quotedBetween(begin: string, end: string): string[] {
  const part = README.split(begin)[1]?.split(end)[0] ?? '';
  return [...part.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
}

describe('the README', () => {
  test('lists the methods that are served', () => {
    const listed = quotedBetween(`These ${METHODS.length} methods:`, 'Other methods');
    expect(listed.sort()).toEqual(METHODS.map(({ name }) => name).sort());
  });

  test('lists the updates that are served', () => {
    expect(quotedBetween('**Updates.**', ', by')).toEqual([...SERVED_UPDATE_KINDS]);
  });

  test('holds the example bot word for word', () => {
    expect(README).toContain(`\`\`\`js\n${read('examples/grammy-bot.js')}\`\`\`\n`);
  });

  test('holds the options that --help prints', async () => {
    expect(README).toContain(`\`\`\`text\n${await runToEnd(['--help'])}\`\`\`\n`);
  });
});
