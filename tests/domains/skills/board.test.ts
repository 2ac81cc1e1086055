import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import type { StoredGrant } from '../../../domains/inventory/journey-store.ts';
import { type Item, itemSchema } from '../../../domains/inventory/item.ts';
import { earningsAfter } from '../../../domains/inventory/journey.ts';
import {
  type TaskProgress,
  type TaskKind,
  boardOf,
  claimTask,
  tasksOf,
} from '../../../domains/skills/board.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { boardTasks } from '../../../resources/numbers/board.ts';
import { BAG_SIZE, CHEST_SIZE } from '../../../resources/numbers/items.ts';
import { earningsOf } from '../../support/earnings.ts';

const owner = { charId: 42, archetype: 'warrior' as const };
const days = Array.from({ length: 400 }, (_, day) => day);
const tasks = Object.keys(boardTasks) as TaskKind[];

function battle(of: Partial<StoredGrant> & Partial<NonNullable<StoredGrant['battle']>> = {}) {
  const { id = 'battle:a:0', uses = {}, note = null, result = 'won', isShadow = false } = of;
  return { id, uses, note, battle: { result, isShadow } };
}

/** A day with this task on the board, and its place there. */
function dayWith(kind: TaskKind) {
  const day = days.find((one) => tasksOf(owner, one).some((task) => task.kind === kind)) ?? 0;
  const task = tasksOf(owner, day).find((one) => one.kind === kind);
  if (task === undefined) throw new Error(`no day has ${kind}`);
  return { day, task };
}

/** How often these grants count for a task of the kind, up to what it asks for. */
function counted(kind: TaskKind, ...granted: StoredGrant[]): number | undefined {
  const { day, task } = dayWith(kind);
  return boardOf(owner, day, granted).find(({ place }) => place === task.place)?.done;
}

describe('the tasks of a day', () => {
  test('are three different ones, the same whenever they are read', () => {
    for (const day of days) {
      const tasks = tasksOf(owner, day);
      expect(tasks.map(({ place }) => place)).toEqual([1, 2, 3]);
      expect(new Set(tasks.map(({ kind }) => kind)).size).toBe(3);
      expect(tasksOf(owner, day)).toEqual(tasks);
    }
  });

  test('differ by day and by character, and use every task about as often', () => {
    const counts = new Map(tasks.map((kind) => [kind, 0]));
    for (const day of days)
      for (const { kind } of tasksOf(owner, day)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const expected = (days.length * 3) / tasks.length;
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(50);
    const names = (charId: number, day: number) =>
      tasksOf({ ...owner, charId }, day).map(({ kind }) => kind);
    expect(
      days.filter((day) => String(names(1, day)) === String(names(2, day))).length,
    ).toBeLessThan(20);
  });

  test.each(archetypes)('name techniques that a %s begins with', (archetype) => {
    const named = days.flatMap((day) =>
      tasksOf({ charId: 42, archetype }, day).map(({ technique }) => technique),
    );
    expect(new Set(named)).toEqual(new Set(archetypeNumbers[archetype].techniques));
  });
});

describe('a battle counts', () => {
  test.each<[TaskKind, number, number, number, number]>([
    // A duel that is won, one that is lost, a Shadow that is beaten, and one that is not.
    ['win_duel', 1, 0, 0, 0],
    ['fight_duels', 1, 1, 0, 0],
    ['beat_shadow', 0, 0, 1, 0],
    ['fight_shadow', 0, 0, 1, 1],
    ['win_any', 1, 0, 1, 0],
    ['fight_any', 1, 1, 1, 1],
  ])('for %s', (kind, ...expected) => {
    const fought = [
      battle(),
      battle({ result: 'lost' }),
      battle({ isShadow: true }),
      battle({ isShadow: true, result: 'drawn' }),
    ];
    expect(fought.map((one) => counted(kind, one))).toEqual(expected);
  });

  test.each([
    ['the character gave up', 'gave_up'],
    ['an operator ended it', 'operator'],
  ])('for no fight if %s, but its techniques are used', (_, note) => {
    const gaveUp = battle({ note, result: 'lost', uses: { onslaught: 3, breath: 1 } });
    expect(counted('fight_any', gaveUp)).toBe(0);
    expect(counted('use_techniques', gaveUp)).toBe(4);
  });

  test('with its techniques alone, not with the skills of the world', () => {
    const walk: StoredGrant = { id: 'go:42:7', uses: { scouting: 1 }, note: null, battle: null };
    expect(counted('use_techniques', walk)).toBe(0);
  });

  test('with the uses of the technique that the task names', () => {
    const { technique } = dayWith('use_technique').task;
    const other = technique === 'breath' ? 'onslaught' : 'breath';
    expect(counted('use_technique', battle({ uses: { [technique]: 2, [other]: 9 } }))).toBe(2);
  });

  test('up to what the task asks for', () => {
    expect(counted('win_duel', battle(), battle({ id: 'battle:b:0' }))).toBe(1);
  });

  test('and no grant of anything else does', () => {
    const other: StoredGrant = { id: 'start:42', uses: {}, note: null, battle: null };
    expect(counted('fight_any', other)).toBe(0);
  });
});

describe('claiming', () => {
  const day = 20_000;
  const claim = (place: number) => ({ place, day, version: 7 });
  const board = (...states: ('open' | 'done' | 'paid')[]): TaskProgress[] =>
    tasksOf(owner, day).map((task, index) => ({
      ...task,
      done: states[index] === 'open' ? 0 : task.times,
      isPaid: states[index] === 'paid',
    }));

  test('pays experience and gold under an id of character, day and place', () => {
    const before = earningsOf({ journey: { xp: 25 } });
    const decision = claimTask(board('open', 'done', 'open'), claim(2))(before);
    if (decision.kind !== 'change') throw new Error(decision.reason.key);
    expect(decision.change.grants?.map(({ id }) => id)).toEqual([`board:42:${day}:2`]);
    expect(earningsAfter(before, decision.change).journey).toMatchObject({
      version: 8,
      xp: 37,
      level: 2,
      points: 1,
      gold: 10,
    });
    expect(decision.change.grants?.[0]?.items).toEqual([]);
  });

  test('the last of the day gives a fine item as well, always the same', () => {
    const decide = claimTask(board('paid', 'done', 'paid'), claim(2));
    const decision = decide(earningsOf());
    if (decision.kind !== 'change') throw new Error(decision.reason.key);
    const [grant] = decision.change.grants ?? [];
    expect(grant?.items).toMatchObject([{ rarity: 'fine' }]);
    expect(grant?.placed).toMatchObject([{ place: 'bag', line: 0 }]);
    expect(decide(earningsOf())).toEqual(decision);
  });

  test('the item becomes scrap if neither bag nor chest has room', () => {
    const item = (id: number): Item =>
      itemSchema.parse({
        id,
        template: 'might_weapon',
        rarity: 'common',
        affixes: [],
        locked: false,
        slot: null,
        place: id <= BAG_SIZE ? 'bag' : 'chest',
      });
    const items = Array.from({ length: BAG_SIZE + CHEST_SIZE }, (_, index) => item(index + 1));
    const decision = claimTask(board('paid', 'done', 'paid'), claim(2))(earningsOf({ items }));
    expect(decision).toMatchObject({ change: { grants: [{ placed: [], scrap: 2 }] } });
  });

  test.each<[string, TaskProgress[], number, string]>([
    ['an older screen', board('done', 'open', 'open'), 6, 'stale'],
    ['a task that is not done', board('open', 'done', 'done'), 7, 'unfinished'],
    ['a task that is paid', board('paid', 'done', 'done'), 7, 'stale'],
  ])('is refused with %s', (_, ...[shown, version, reason]) => {
    const decision = claimTask(shown, { ...claim(1), version })(earningsOf());
    expect(decision).toEqual({ kind: 'refused', reason: { key: `skills.notice.${reason}` } });
  });

  test('is seen on the board by its grant', () => {
    const paid: StoredGrant = { id: `board:42:${day}:3`, uses: {}, note: null, battle: null };
    const states = boardOf(owner, day, [paid]).map(({ isPaid }) => isPaid);
    expect(states).toEqual([false, false, true]);
    const othersGrant = { ...paid, id: `board:4:${day}:3` };
    expect(boardOf(owner, day, [othersGrant]).some(({ isPaid }) => isPaid)).toBe(false);
  });
});
