import { describe, expect, test } from 'vitest';
import {
  type Battle,
  type BattleEvent,
  type Guard,
  type Zone,
  guards,
  zones,
} from '../../../../../domains/combat/battle.ts';
import { covers } from '../../../../../domains/combat/rules/v1/aim.ts';
import {
  blows,
  manyTimes,
  mean,
  meanDamage,
  shareOf,
  withVital,
} from '../../../../support/combat-notation.ts';
import { evenSheet } from '../../../../support/combat-sheets.ts';

const equals = { sheets: [evenSheet(8), evenSheet(8)] as const, times: 800 };

function struck(notation: string) {
  return blows(manyTimes(notation, equals), 0);
}

describe('a guard', () => {
  test('covers two adjacent zones', () => {
    const covered = guards.map((guard) => zones.filter((zone) => covers(guard, zone)).join('-'));
    expect(covered).toEqual([...guards]);
  });

  test('absorbs most of a blow into it', () => {
    const open = meanDamage(struck('c/hc vs h/bl'));
    const guarded = meanDamage(struck('c/hc vs h/hc'));
    expect(guarded).toBeLessThan(open / 4);
  });

  test('blocks or parries every blow that does not miss', () => {
    const into = struck('b/hc vs h/bl');
    expect(shareOf(into, 'hit')).toBe(0);
    expect(shareOf(into, 'block')).toBeGreaterThan(0.5);
    expect(shareOf(into, 'parry')).toBeGreaterThan(0.1);
  });

  test('never blocks or parries in other zones', () => {
    const beside = struck('l/hc vs h/hc');
    expect(shareOf(beside, 'block') + shareOf(beside, 'parry')).toBe(0);
    expect(shareOf(beside, 'hit')).toBeGreaterThan(0.75);
  });

  test('counter-attacks only after a parry', () => {
    const outcomes = manyTimes('c/hc vs h/hc', equals);
    for (const { events } of outcomes) {
      const answered = events.some((event) => event.kind === 'counter' && event.side === 1);
      const parried = events.some(
        (event) => event.kind === 'blow' && event.side === 0 && event.result === 'parry',
      );
      if (answered) expect(parried).toBe(true);
    }
    const counters = outcomes.flatMap(({ events }) =>
      events.filter((event) => event.kind === 'counter' && event.side === 1),
    );
    expect(counters.length).toBeGreaterThan(30);
  });
});

describe('a zone', () => {
  const openTo: Readonly<Record<Zone, Guard>> = {
    head: 'belly-legs',
    chest: 'belly-legs',
    belly: 'head-chest',
    legs: 'head-chest',
  };
  const short = { 'head-chest': 'hc', 'chest-belly': 'cb', 'belly-legs': 'bl' } as const;
  const open = Object.fromEntries(
    zones.map((zone) => [zone, struck(`${zone.charAt(0)}/hc vs h/${short[openTo[zone]]}`)]),
  ) as Record<Zone, ReturnType<typeof struck>>;

  test('takes most damage at the head, least at the legs', () => {
    const landed = zones.map((zone) =>
      mean(open[zone].filter(({ result, crit }) => result === 'hit' && !crit).map((b) => b.amount)),
    );
    expect(landed).toEqual(landed.toSorted((a, b) => b - a));
  });

  test('is rarely missed, except for the head', () => {
    const missed = zones.map((zone) => shareOf(open[zone], 'miss'));
    expect(missed[0]).toBeGreaterThan(0.09);
    expect(Math.max(...missed.slice(1))).toBeLessThan(0.08);
  });

  test('has its own effect: dazed, winded, hobbled; the chest none', () => {
    const marks = zones.map((zone) => [
      ...new Set(open[zone].map(({ effect }) => effect).filter((effect) => effect !== null)),
    ]);
    expect(marks).toEqual([['dazed'], [], ['winded'], ['hobbled']]);
  });

  test('causes no effect after a miss, a dodge or a guarded blow', () => {
    const marked = Object.values(open)
      .flat()
      .concat(struck('h/hc vs h/hc'))
      .filter(({ effect }) => effect !== null);
    expect(marked.length).toBeGreaterThan(100);
    expect(marked.every(({ result }) => result === 'hit')).toBe(true);
  });
});

describe('the order of blows', () => {
  test('is random between equals', () => {
    const firsts = manyTimes('c/hc vs c/hc', equals).map(({ events }) => firstBlow(events));
    expect(mean(firsts)).toBeGreaterThan(0.45);
    expect(mean(firsts)).toBeLessThan(0.55);
  });

  test('favours the faster side', () => {
    const sheets = [evenSheet(30), evenSheet(8)] as const;
    const firsts = manyTimes('c/hc vs c/hc', { sheets }).map(({ events }) => firstBlow(events));
    expect(mean(firsts)).toBeLessThan(0.3);
  });

  test('leaves out the blow of a side that is knocked out first', () => {
    const given = (battle: Battle) => withVital('hp', 1, 1)(withVital('hp', 1, 0)(battle));
    const outcomes = manyTimes('l/hc vs l/hc', { ...equals, given });
    const ended = outcomes.filter(({ after }) => after.outcome !== null);
    expect(ended.length).toBeGreaterThan(700);
    for (const { events, after } of ended) {
      const last = events.findLast((event) => event.kind === 'blow' || event.kind === 'counter');
      expect(last?.kind === 'blow' && last.side).toBe(after.outcome?.winner);
    }
  });
});

function firstBlow(events: readonly BattleEvent[]): number {
  const first = events.find((event) => event.kind === 'blow');
  return first?.kind === 'blow' ? first.side : Number.NaN;
}
