import { expect, test } from 'vitest';
import type {
  ArchivedBattle,
  BattleArchive,
  BattleCursor,
  BattlePage,
  PageRequest,
} from '../../domains/combat/battle-archive.ts';
import { shadowSheet } from '../../domains/combat/shadow.ts';
import { archivedBattle, wildBattle } from './archived-battles.ts';

const MOMENT = Date.UTC(2026, 0, 1);

/** Tests that every BattleArchive must pass. */
export function checkBattleArchive(open: () => BattleArchive): void {
  test('store keeps the first version of a battle and answers known for the next', async () => {
    const archive = open();
    const { sides, ...unnamed } = archivedBattle(7);
    const battle: ArchivedBattle = {
      ...unnamed,
      sides: [{ ...sides[0], gender: 'female' }, sides[1]],
    };
    expect(await archive.find(battle.id)).toBeNull();
    expect(await archive.store(battle)).toBe('stored');
    expect(await archive.store({ ...battle, turns: 30 })).toBe('known');
    expect(await archive.find(battle.id)).toEqual(battle);
  });

  test('listOf answers the battles of a character on either side', async () => {
    const archive = open();
    const battle = archivedBattle(1);
    await archive.store(battle);
    const [first, second] = battle.sides;
    const { id, mode, turns, endedAtMs, outcome } = battle;
    const ending = { turns, endedAtMs, reason: outcome.reason };
    const summary = { kind: 'whole', id, mode, ...ending, shadow: null };
    expect(await archive.listOf(1, { kind: 'latest', limit: 5 })).toEqual({
      battles: [{ ...summary, side: 0, own: first, opponent: second }],
      newer: null,
      older: null,
    });
    expect((await archive.listOf(2, { kind: 'latest', limit: 5 })).battles).toEqual([
      { ...summary, side: 1, own: second, opponent: first },
    ]);
    const nothing = { battles: [], newer: null, older: null };
    expect(await archive.listOf(3, { kind: 'latest', limit: 5 })).toEqual(nothing);
  });

  test('listOf names the level of a Shadow, and the master for battles of earlier releases', async () => {
    const archive = open();
    const [stored, other] = [archivedBattle(7), archivedBattle(14)];
    const sheets: ArchivedBattle['sheets'] = [
      stored.sheets[0],
      shadowSheet(stored.sheets[0], 'novice'),
    ];
    await archive.store({ ...stored, sheets });
    await archive.store(other);
    const { battles } = await archive.listOf(1, { kind: 'latest', limit: 5 });
    expect(battles.map((one) => one.kind === 'whole' && one.shadow)).toEqual(['master', 'novice']);
    expect((await archive.find(stored.id))?.sheets).toEqual(sheets);
  });

  test('countOf counts the battles of a character in the arena, up to the limit', async () => {
    const archive = open();
    for (const n of [1, 2, 7]) await archive.store(archivedBattle(n));
    expect([await archive.countOf(1, 5), await archive.countOf(2, 5)]).toEqual([3, 2]);
    expect([await archive.countOf(1, 2), await archive.countOf(3, 5)]).toEqual([2, 0]);
  });

  test('countOf leaves out a fight against the Shadow that was surrendered before its first exchange', async () => {
    const archive = open();
    const left = { turns: 1, outcome: { winner: 1, reason: 'surrender' } } as const;
    await archive.store(archivedBattle(7, left));
    expect(await archive.countOf(1, 5)).toBe(0);
    await archive.store(archivedBattle(14, { ...left, turns: 2 }));
    await archive.store(archivedBattle(21, { turns: 1, outcome: { winner: 1, reason: 'idle' } }));
    await archive.store(archivedBattle(1, left));
    expect(await archive.countOf(1, 5)).toBe(3);
  });

  test('listOf and countOf know battles against monsters: they are no fights against the Shadow', async () => {
    const archive = open();
    await archive.store(wildBattle('bear'));
    const { battles } = await archive.listOf(1, { kind: 'latest', limit: 5 });
    expect(battles).toMatchObject([{ opponent: { monster: 'bear', charId: null }, shadow: null }]);
    expect(await archive.find(wildBattle('bear').id)).toEqual(wildBattle('bear'));
    expect(await archive.countOf(1, 5)).toBe(0);
  });

  test('older pages neither repeat nor skip battles when some are added, also with equal times', async () => {
    const archive = open();
    const old = severalAtOnce(11);
    // Stored out of order.
    for (const battle of old.toSorted((a, b) => b.inputs.length - a.inputs.length)) {
      await archive.store(battle);
    }
    const read: string[] = [];
    let page = await archive.listOf(1, { kind: 'latest', limit: 3 });
    for (; ; page = await archive.listOf(1, older(page))) {
      read.push(...idsOf(page));
      if (page.older === null) break;
      await archive.store(archivedBattle(100 + read.length, { endedAtMs: MOMENT + 1_000 }));
    }
    expect(read).toEqual(latestFirst(old));
    const full = await archive.listOf(1, { kind: 'latest', limit: 14 });
    expect([full.battles.length, full.newer, full.older]).toEqual([14, null, null]);
  });

  test('newer pages are the older ones in reverse, then the added battles', async () => {
    const archive = open();
    const old = severalAtOnce(11);
    for (const battle of old) await archive.store(battle);
    const down = [await archive.listOf(1, { kind: 'latest', limit: 4 })];
    for (let page = down[0]; page?.older != null; page = down.at(-1)) {
      down.push(await archive.listOf(1, older(page)));
    }
    expect(down.map((page) => page.battles.length)).toEqual([4, 4, 3]);
    expect(down.map((page) => page.newer === null)).toEqual([true, false, false]);
    const up = [await archive.listOf(1, newer(down.at(-1)))];
    up.push(await archive.listOf(1, newer(up[0])));
    expect(up.map(idsOf)).toEqual([idsOf(down[1]), idsOf(down[0])]);
    expect(up.map(({ older: cursor }) => cursor)).toEqual([down[1]?.older, down[0]?.older]);
    expect(up.map((page) => page.newer === null)).toEqual([false, true]);
    const added = archivedBattle(99, { endedAtMs: MOMENT + 9_999 });
    await archive.store(added);
    const again = await archive.listOf(1, newer(down[1]));
    expect(idsOf(again)).toEqual(idsOf(down[0]));
    expect(idsOf(await archive.listOf(1, newer(again)))).toEqual([added.id]);
  });

  test('pages before the first and after the last battle are empty', async () => {
    const archive = open();
    for (const battle of severalAtOnce(3)) await archive.store(battle);
    const { battles } = await archive.listOf(1, { kind: 'latest', limit: 5 });
    const [last, first] = [battles.at(0), battles.at(-1)].map((one): BattleCursor => ({
      endedAtMs: one?.endedAtMs ?? 0,
      id: one?.id ?? '',
    }));
    if (first === undefined || last === undefined) throw new Error('three battles expected');
    const pages = [
      await archive.listOf(1, { kind: 'newer', than: last, limit: 2 }),
      await archive.listOf(1, { kind: 'older', than: first, limit: 2 }),
    ];
    expect(pages.map(({ battles: found }) => found)).toEqual([[], []]);
  });
}

function severalAtOnce(count: number): ArchivedBattle[] {
  return Array.from({ length: count }, (_, n) =>
    archivedBattle(n, { endedAtMs: MOMENT + Math.floor(n / 4) }),
  );
}

function latestFirst(battles: readonly ArchivedBattle[]): string[] {
  return battles.map(({ id }) => id).toReversed();
}

function idsOf(page: BattlePage | undefined): string[] {
  return page?.battles.map(({ id }) => id) ?? [];
}

function older(page: BattlePage | undefined): PageRequest {
  if (page?.older == null) throw new Error('no older page');
  return { kind: 'older', than: page.older, limit: page.battles.length };
}

function newer(page: BattlePage | undefined): PageRequest {
  if (page?.newer == null) throw new Error('no newer page');
  return { kind: 'newer', than: page.newer, limit: 4 };
}
