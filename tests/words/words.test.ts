import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { retiredInNames, retiredInProse, storedStrings } from './retired-words.ts';
import { partsOf, wordsOf } from './words-of.ts';

const folders = ['bot', 'database', 'domains', 'redis', 'resources', 'sandbox', 'tests', 'tools'];
/** Players' own texts may speak with flavour; the others name what they refuse. */
const exempt = [
  'resources/texts',
  'tests/words',
  'tests/resources/gendered-forms.ts',
  'page/text/words.js',
  'node_modules',
  'fixtures/',
  'writing-systems.ts',
];

const files = folders
  .flatMap(filesIn)
  .filter((file) => !exempt.some((part) => file.includes(part)));
const sources = files
  .filter((file) => /\.(ts|js)$/.test(file))
  .map((file) => ({ file, ...wordsOf(readFileSync(file, 'utf8'), file) }));
const scripts = files.filter((file) => file.endsWith('.lua'));
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/PERFORMANCE.md',
  'sandbox/README.md',
];

const retiredNames = new Set<string>(retiredInNames);
const retiredPhrases = new RegExp(`\\b(${retiredInProse.join('|')})\\b`, 'gi');

test('file names have no retired word', () => {
  expect(files.filter((file) => hasRetiredPart(basename(file)))).toEqual([]);
});

test('names in the code have no retired word', () => {
  const found = sources.flatMap(({ file, names }) =>
    names.filter(hasRetiredPart).map((name) => `${file}: ${name}`),
  );
  expect([...new Set(found)]).toEqual([]);
});

test('comments, log events and test titles have no retired word', () => {
  const found = sources.flatMap(({ file, prose }) =>
    prose.flatMap((text) => retiredIn(text).map((word) => `${file}: ${word} in ${text}`)),
  );
  expect(found).toEqual([]);
});

test.each([...scripts, ...documents])('%s has no retired word', (file) => {
  expect(retiredIn(readFileSync(file, 'utf8'))).toEqual([]);
});

test.each(documents)('%s names only files that exist', (file) => {
  const named = readFileSync(file, 'utf8').matchAll(
    /`([\w-]+(?:\/[\w.-]+)+\.(?:ts|lua|json|md|cjs))`/g,
  );
  const paths = [...named].map(([, path = '']) => path);
  expect(
    paths.filter((path) => !existsSync(path) && !existsSync(join(dirname(file), path))),
  ).toEqual([]);
});

test('log events that ARCHITECTURE.md names exist in the code', () => {
  const failures =
    readFileSync('ARCHITECTURE.md', 'utf8').split('## When something fails')[1] ?? '';
  const [table = ''] = failures.split('## Glossary');
  const events = [...table.matchAll(/`([a-z][a-z: ]+ [a-z: ]+)`/g)].map(([, event = '']) => event);
  const written = new Set(sources.flatMap(({ prose }) => prose));
  expect(events.length).toBeGreaterThan(5);
  expect(events.filter((event) => !written.has(event))).toEqual([]);
});

function hasRetiredPart(name: string): boolean {
  return partsOf(name).some((part) => retiredNames.has(part));
}

function retiredIn(text: string): string[] {
  const read = storedStrings.reduce((rest, stored) => rest.replaceAll(stored, ''), text);
  return [...read.matchAll(retiredPhrases)].map(([word]) => word);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'));
}
