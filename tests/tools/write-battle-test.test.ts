import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { archivedBattle } from '../support/archived-battles.ts';
import { battleTest } from '../../tools/battle/write-battle-test.ts';

/** What a written test does, with `test` and `expect` of this one. */
async function runWritten(source: string): Promise<{ title: string; body: () => void }> {
  const folder = fileURLToPath(new URL('../domains/combat/battles', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `written-${process.pid}-${Math.random()}.ts`);
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
  writeFileSync(
    file,
    source.replace(/^import .* from 'vitest';/, 'const { expect, test } = globalThis.written;'),
  );
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
