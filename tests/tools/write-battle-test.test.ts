import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { archivedBattle } from '../support/archived-battles.ts';
import { battleTest } from '../../tools/battle/write-battle-test.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a written test does, with `test` and `expect` of this one. */
async function runWritten(source: string): Promise<{ title: string; body: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'arena-battle-test-'));
  const file = join(folder, 'written.ts');
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const written: { title: string; body: () => void }[] = [];
  vi.stubGlobal('written', {
    expect,
    test: (title: string, body: () => void) => void written.push({ title, body }),
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const here = source
    .replace(/^import .* from 'vitest';/, 'const { expect, test } = globalThis.written;')
    .replaceAll('../../../../', root);
  writeFileSync(file, here);
  await import(file);
  return written[0] ?? { title: '', body: () => undefined };
}

test.each([1, 7, 10])('a written test replays battle %i and names no player', async (n) => {
  const battle = archivedBattle(n);
  const source = battleTest(battle);
  expect(source).not.toContain(battle.sides[0].name);
  const { title, body } = await runWritten(source);
  expect(title).toBe(`battle ${battle.id} replays to its events and outcome`);
  body();
});

test('a written test fails if the battle is replayed to other events', async () => {
  const source = battleTest(archivedBattle(1));
  const { body } = await runWritten(source.replace(/"amount":(\d+)/, '"amount":1$1'));
  expect(body).toThrow(/toEqual|deeply equal/);
});
