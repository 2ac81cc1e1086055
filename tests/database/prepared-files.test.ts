import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copyPreparedFiles } from '../../database/prepared-files.ts';

function newFolders() {
  const folder = mkdtempSync(join(tmpdir(), 'arena-prepared-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const prepared = join(folder, 'prepared');
  mkdirSync(join(prepared, 'base'), { recursive: true });
  writeFileSync(join(prepared, 'base/1'), 'prepared');
  return { prepared, files: join(folder, 'pglite') };
}

describe('the files of a new embedded database', () => {
  test('are copied from prepared ones', () => {
    const { prepared, files } = newFolders();
    copyPreparedFiles(prepared, files);
    expect(readFileSync(join(files, 'base/1'), 'utf8')).toBe('prepared');
  });

  test('are copied again after a start that ended halfway', () => {
    const { prepared, files } = newFolders();
    mkdirSync(`${files}.new`);
    writeFileSync(join(`${files}.new`, 'half'), '');
    copyPreparedFiles(prepared, files);
    expect(readdirSync(files)).toEqual(['base']);
    expect(existsSync(`${files}.new`)).toBe(false);
  });

  test('stay if there are any, and are left to PGlite if none are prepared', () => {
    const { prepared, files } = newFolders();
    copyPreparedFiles(join(prepared, 'nothing'), files);
    expect(existsSync(files)).toBe(false);
    mkdirSync(files);
    writeFileSync(join(files, 'own'), '');
    copyPreparedFiles(prepared, files);
    expect(readdirSync(files)).toEqual(['own']);
  });
});
