import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface OlderRelease {
  readonly folder: string;
  readonly version: string;
  remove(): void;
}

/**
 * A release, by default the last one, as its commit has it, in a temporary folder with the packages of this
 * one; null if this is no clone, or too shallow a one.
 */
export function checkOutOlderRelease(version = lastVersion()): OlderRelease | null {
  if (version === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'arena-older-release-'));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  const commit = commitOf(version);
  if (commit !== null) {
    const files = join(folder, 'files.tar');
    git('archive', '--format=tar', '--output', files, commit);
    execFileSync('tar', ['-xf', files, '-C', folder]);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return { folder, version, remove };
  }
  remove();
  return null;
}

/** The newest one whose commit is not the present one. */
function lastVersion(): string | null {
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const versions = [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].map(([, one = '']) => one);
  const present = presentCommit();
  return versions.find((one) => commitOf(one) !== present) ?? null;
}

function presentCommit(): string | null {
  try {
    return git('rev-parse', 'HEAD').trim();
  } catch {
    return null;
  }
}

/** The commit that gave this version its heading in the changelog. */
function commitOf(version: string): string | null {
  try {
    const heading = `## [${version}]`;
    const commits = git('log', '--format=%H', `-S${heading}`, '--', 'CHANGELOG.md').trim();
    const first = commits.split('\n').at(-1) ?? '';
    // The oldest commit of a shallow clone seems to add everything.
    const isCutOff = git('log', '--format=%P', '-1', first).trim() === '';
    return isCutOff ? null : first;
  } catch {
    return null;
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
