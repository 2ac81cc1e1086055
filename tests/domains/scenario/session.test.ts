import { describe, expect, test } from 'vitest';
import { chanceOf } from '../../../domains/scenario/check.ts';
import type { Hero } from '../../../domains/scenario/condition.ts';
import { isNothing } from '../../../domains/scenario/gains.ts';
import {
  advance,
  battleEnded,
  begin,
  openChoices,
  pause,
  raiseOffer,
  repaired,
  resume,
  skip,
  takePoints,
} from '../../../domains/scenario/session.ts';
import type { StoryMoved, StoryStep } from '../../../domains/scenario/story-step.ts';
import { type StorySession, storedStorySession } from '../../../domains/inventory/story-session.ts';
import { small, warrior } from './small-scenario.ts';

const started = begin(small, { run: 1, seed: 'seed' }).session;

function tap(session: StorySession, choice: number, hero: Hero = warrior): StoryStep {
  return advance(small, session, { seq: session.seq, choice, hero });
}

function moved(step: StoryStep): StoryMoved {
  if (step.kind !== 'moved') throw new Error(`the step is ${step.kind}`);
  return step;
}

/** The session at a node, by whatever way. */
function at(node: string, rest: Partial<StorySession> = {}): StorySession {
  return { ...started, node, visited: ['door', node], ...rest };
}

describe('a session', () => {
  test('begins at the start with nothing gained', () => {
    const step = begin(small, { run: 3, seed: 's' });
    expect(step.session).toMatchObject({ key: 'small', run: 3, node: 'door', seq: 1, seed: 's' });
    expect(step.session.visited).toEqual(['door']);
    expect(isNothing(step.gains)).toBe(true);
  });

  test('survives storing', () => {
    expect(storedStorySession.parse(JSON.parse(JSON.stringify(started)))).toEqual(started);
  });

  test('of a later release is not read as one of this', () => {
    expect(() => storedStorySession.parse({ ...started, schema: 2 })).toThrow('2');
  });

  test('takes the weight of a choice along', () => {
    const { session } = moved(tap(started, 0));
    expect(session).toMatchObject({ node: 'hall', seq: 2, weights: { strength: 2 } });
  });

  test('given the same tap twice makes the same step twice', () => {
    expect(tap(started, 1)).toEqual(tap(started, 1));
  });

  test.each([
    { of: 'an older screen', seq: 0, choice: 0, session: started, reason: 'stale' },
    { of: 'a paused story', seq: 1, choice: 0, session: pause(started), reason: 'paused' },
    { of: 'no choice', seq: 1, choice: 9, session: started, reason: 'closed' },
    { of: 'a closed choice', seq: 1, choice: 2, session: started, reason: 'closed' },
    {
      of: 'a story that has ended',
      seq: 1,
      choice: 0,
      reason: 'waits',
      session: at('end', { waits: { for: 'nothing' } }),
    },
  ])('refuses a tap of $of', ({ seq, choice, session, reason }) => {
    const step = advance(small, session, { seq, choice, hero: warrior });
    expect(step).toEqual({ kind: 'refused', reason });
  });

  test('that is resumed goes on where it was paused', () => {
    expect(resume(pause(started))).toEqual(started);
  });
});

describe('choices', () => {
  test('are open if their condition holds', () => {
    const agile = { ...warrior, attributes: { ...warrior.attributes, agility: 20 } };
    expect(openChoices(small, started, warrior).map(({ index }) => index)).toEqual([0, 1]);
    expect(openChoices(small, started, agile).map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  test('with a limit close after so many visits of their node', () => {
    const once = at('pit');
    expect(openChoices(small, once, warrior).map(({ index }) => index)).toContain(0);
    const twice = moved(tap(once, 0)).session;
    expect(twice.node).toBe('pit');
    expect(openChoices(small, twice, warrior).map(({ index }) => index)).not.toContain(0);
  });

  test('read flags', () => {
    const fallen = at('pit', { flags: { fell: 2 } });
    expect(openChoices(small, fallen, warrior).map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(openChoices(small, at('pit'), warrior).map(({ index }) => index)).toEqual([0, 2]);
  });

  test('of a check name its chance', () => {
    const [, check] = openChoices(small, started, warrior);
    expect(check?.check).toEqual({ attribute: 'intelligence', chance: 50 });
  });
});

describe('a check', () => {
  const check = { attribute: 'intelligence', skill: 'lore', against: 16 } as const;

  test.each([
    [{}, 50],
    [{ lore: 1 }, 60],
    [{ lore: 5 }, 100],
  ])('with the skill %o passes in %i of 100', (skills, chance) => {
    expect(chanceOf(check, { ...warrior, skills })).toBe(chance);
  });

  test.each([
    [5, 100],
    [26, 0],
    [60, 0],
  ])('against %i passes in %i of 100 for 5 points', (against, chance) => {
    expect(chanceOf({ attribute: 'intelligence', against }, warrior)).toBe(chance);
  });

  test('passes as often as it says, and leads to its node', () => {
    const steps = Array.from({ length: 2000 }, (_, seed) =>
      moved(tap({ ...started, seed: `${seed}` }, 1)),
    );
    const passed = steps.filter((step) => step.check?.passed);
    expect(passed.length / steps.length).toBeCloseTo(0.5, 1);
    for (const { check: result, session } of steps) {
      expect(result?.passed).toBe((result?.thrown ?? 0) + 5 >= 16);
      expect(session.node).toBe(result?.passed ? 'hall' : 'pit');
    }
    expect(new Set(steps.map((step) => step.check?.thrown)).size).toBe(20);
  });
});

describe('effects', () => {
  test('happen when their node is entered', () => {
    const failing = Array.from({ length: 50 }, (_, seed) =>
      moved(tap({ ...started, seed: `${seed}` }, 1)),
    ).find(({ session }) => session.node === 'pit');
    expect(failing?.gains).toMatchObject({ node: 'pit', health: -10, gold: 4, uses: { lore: 3 } });
    expect(failing?.session.flags).toEqual({ fell: 2 });
  });

  test('do not happen again when it is entered again', () => {
    const again = moved(tap(at('pit', { flags: { fell: 2 } }), 0));
    expect(isNothing(again.gains)).toBe(true);
    expect(again.session.flags).toEqual({ fell: 2 });
  });
});

describe('a pool', () => {
  const hall = (run: number, visited: string[] = []) =>
    at('hall', { run, visited: ['door', 'hall', ...visited] });
  const pickedBy = (session: StorySession) => moved(tap(session, 0)).session.node;

  test('by turns picks another node in the next run', () => {
    const picked = [1, 2, 3, 4].map((run) => pickedBy(hall(run)));
    expect(new Set(picked.slice(0, 2))).toEqual(new Set(['red', 'blue']));
    expect(picked.slice(2)).toEqual(picked.slice(0, 2));
  });

  test('leaves out visited nodes, and leads to its fallback with none left', () => {
    expect(pickedBy(hall(1, ['red']))).toBe('blue');
    expect(pickedBy(hall(1, ['red', 'blue']))).toBe('end');
  });

  test('by chance picks each of its nodes for some seed', () => {
    const node = small.nodes['hall'];
    if (node === undefined || !('pool' in node)) throw new Error('hall is a pool');
    const pool = { ...node.pool, byTurns: undefined };
    const byChance = { ...small, nodes: { ...small.nodes, hall: { ...node, pool } } };
    const picked = Array.from({ length: 40 }, (_, seed) => {
      const session = { ...hall(1), seed: `${seed}` };
      return moved(advance(byChance, session, { seq: session.seq, choice: 0, hero: warrior }))
        .session.node;
    });
    expect(new Set(picked)).toEqual(new Set(['red', 'blue']));
  });
});

describe('a battle', () => {
  const waiting = tap(at('red'), 0);

  test('keeps the session at its choice', () => {
    expect(waiting).toMatchObject({
      kind: 'battle',
      monster: 'straw_man',
      session: { node: 'red', waits: { for: 'battle', choice: 0 }, weights: {} },
    });
  });

  test.each([
    [true, 'end'],
    [false, 'door_2'],
  ])('that is won: %s leads to %s', (won, node) => {
    if (waiting.kind !== 'battle') throw new Error('no battle');
    expect(battleEnded(small, waiting.session, { won })).toMatchObject({
      kind: 'moved',
      session: { node, seq: waiting.session.seq + 1, weights: { endurance: 1 } },
    });
  });

  test('that has ended is not ended again', () => {
    if (waiting.kind !== 'battle') throw new Error('no battle');
    const ended = battleEnded(small, waiting.session, { won: true });
    if (ended.kind !== 'moved') throw new Error('not ended');
    const again = battleEnded(small, ended.session, { won: true });
    expect(again).toEqual({ kind: 'refused', reason: 'waits' });
  });
});

describe('an end with points', () => {
  const won = tap(at('blue', { weights: { luck: 5, wisdom: 2 } }), 0);
  const end = won.kind === 'moved' ? won : null;
  if (end === null) throw new Error('not at the end');
  const { session } = end;

  test('gives everything else at once and waits for the player', () => {
    expect(end.gains).toMatchObject({
      node: 'end',
      xp: 30,
      gold: 20,
      loot: ['starter'],
      goTo: 'crossroads',
    });
    expect(session.waits).toEqual({ for: 'points', points: 6 });
    expect(raiseOffer(session, warrior)).toEqual({ luck: 3, wisdom: 2, strength: 1 });
  });

  test('takes the proposal, after which nothing is left to do', () => {
    const step = takePoints(session, { seq: session.seq, own: null, hero: warrior });
    expect(step).toMatchObject({ kind: 'raised', raise: { luck: 3, wisdom: 2, strength: 1 } });
    if (step.kind !== 'raised') return;
    expect(step.session.waits).toEqual({ for: 'nothing' });
    const again = takePoints(step.session, { seq: step.session.seq, own: null, hero: warrior });
    expect(again).toEqual({ kind: 'refused', reason: 'waits' });
  });

  test('takes the player’s own choice', () => {
    const own = { men: 3, endurance: 3 };
    expect(takePoints(session, { seq: session.seq, own, hero: warrior })).toMatchObject({
      raise: own,
    });
  });

  test.each([
    ['more than half for one', { men: 4, endurance: 2 }],
    ['fewer than there are', { men: 3, endurance: 2 }],
    ['more than there are', { men: 3, endurance: 3, luck: 1 }],
    ['below zero', { men: 3, endurance: 3, luck: 1, wisdom: -1 }],
    ['parts of points', { men: 2.5, endurance: 3, luck: 0.5 }],
  ])('refuses %s', (_, own) => {
    const step = takePoints(session, { seq: session.seq, own, hero: warrior });
    expect(step).toEqual({ kind: 'refused', reason: 'points' });
  });

  test('refuses a button of an older screen', () => {
    const step = takePoints(session, { seq: session.seq - 1, own: null, hero: warrior });
    expect(step).toEqual({ kind: 'refused', reason: 'stale' });
  });

  test('gives none in a paused story', () => {
    const step = takePoints(pause(session), { seq: session.seq, own: null, hero: warrior });
    expect(step).toEqual({ kind: 'refused', reason: 'paused' });
  });
});

describe('skipping', () => {
  test('gives what the end gives, with the points of the archetype', () => {
    const { seq } = started;
    const lucky = { ...started, weights: { luck: 9 } };
    expect(skip(small, lucky, { seq, hero: warrior })).toMatchObject({
      kind: 'skipped',
      gains: { node: 'end', xp: 30, gold: 20, loot: ['starter'], goTo: 'crossroads' },
      raise: { strength: 3, endurance: 2, men: 1 },
      session: { waits: { for: 'nothing' } },
    });
  });

  test('is refused from a button of an older screen', () => {
    const later = moved(tap(started, 0)).session;
    const step = skip(small, later, { seq: started.seq, hero: warrior });
    expect(step).toEqual({ kind: 'refused', reason: 'stale' });
  });

  test('is refused in a paused story', () => {
    const step = skip(small, pause(started), { seq: started.seq, hero: warrior });
    expect(step).toEqual({ kind: 'refused', reason: 'paused' });
  });

  test('is refused in a scenario without it, during a battle and after the end', () => {
    const { seq } = started;
    const whole = { ...small, skip: undefined };
    expect(skip(whole, started, { seq, hero: warrior })).toMatchObject({ reason: 'no_skip' });
    const fighting = at('red', { waits: { for: 'battle', choice: 0 } });
    expect(skip(small, fighting, { seq, hero: warrior })).toMatchObject({ reason: 'waits' });
    const over = at('end', { waits: { for: 'nothing' } });
    expect(skip(small, over, { seq, hero: warrior })).toMatchObject({ reason: 'waits' });
  });
});

describe('a session of an earlier release', () => {
  test.each([
    ['at a choice', started],
    ['in a battle', at('red', { waits: { for: 'battle', choice: 0 } })],
    ['with points to distribute', at('end', { waits: { for: 'points', points: 6 } })],
  ])('%s stays as it is if its place is still there', (_, session) => {
    expect(repaired(small, session)).toBe(session);
  });

  test.each([
    ['whose node is gone', at('attic')],
    ['whose node is an end now', at('end')],
    ['whose battle is gone', at('blue', { waits: { for: 'battle', choice: 0 } })],
    ['whose end is none now', at('red', { waits: { for: 'points', points: 6 } })],
  ])('%s begins again, and nothing is given twice', (_, session) => {
    const again = repaired(small, session);
    expect(again).toMatchObject({ node: 'door', run: 1, waits: { for: 'choice' } });
    expect(again.seq).toBe(session.seq + 1);
    expect(again.visited).toEqual([...session.visited, 'door']);
  });
});
