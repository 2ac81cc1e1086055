import { describe, expect, test } from 'vitest';
import {
  blows,
  manyTimes,
  meanDamage,
  shareOf,
  withVital,
} from '../../../../../support/combat-notation.ts';
import { evenSheet } from '../../../../../support/combat-sheets.ts';

const own = evenSheet(8, 'crushing_blow', 'onslaught', 'shield_bash', 'retribution', 'flame_blade');
const sheets = [own, evenSheet(8, 'mirage')] as const;

const fought = (notation: string, given?: ReturnType<typeof withVital>) =>
  manyTimes(notation, given === undefined ? { sheets } : { sheets, given });
const ownBlows = (notation: string) => blows(fought(notation), 0);
const opponentBlows = (notation: string) => blows(fought(notation), 1);

describe('a crushing blow', () => {
  test('pierces a guard that stops a plain blow, and is never parried', () => {
    const crushing = ownBlows('c/hc+crushing_blow vs h/hc');
    expect(meanDamage(crushing)).toBeGreaterThan(4 * meanDamage(ownBlows('c/hc vs h/hc')));
    expect(shareOf(crushing, 'parry')).toBe(0);
  });

  test('strikes last', () => {
    const last = fought('c/hc+crushing_blow vs l/hc').map(({ events }) =>
      events.find((event) => event.kind === 'blow'),
    );
    expect(last.every((event) => event?.kind === 'blow' && event.side === 1)).toBe(true);
  });
});

describe('an onslaught', () => {
  test('does about half as much damage again', () => {
    const ratio =
      meanDamage(ownBlows('c/hc+onslaught vs h/bl')) / meanDamage(ownBlows('c/hc vs h/bl'));
    expect(ratio).toBeGreaterThan(1.4);
    expect(ratio).toBeLessThan(1.8);
  });

  test('leaves the own guard down', () => {
    const taken = opponentBlows('c/hc+onslaught vs c/bl');
    expect(shareOf(taken, 'block') + shareOf(taken, 'parry')).toBe(0);
  });
});

describe('a shield bash', () => {
  test('dazes most opponents that it hits in any zone', () => {
    const hits = ownBlows('l/hc+shield_bash vs h/hc').filter(({ result }) => result === 'hit');
    const dazed = hits.filter(({ effect }) => effect === 'dazed').length / hits.length;
    expect(dazed).toBeGreaterThan(0.65);
    expect(hits.every(({ effect }) => effect === null || effect === 'dazed')).toBe(true);
  });

  test('misses less often and pierces a guard', () => {
    expect(shareOf(ownBlows('h/hc+shield_bash vs l/bl'), 'miss')).toBeLessThan(
      0.75 * shareOf(ownBlows('h/hc vs l/bl'), 'miss'),
    );
    expect(meanDamage(ownBlows('c/hc+shield_bash vs h/hc'))).toBeGreaterThan(
      2 * meanDamage(ownBlows('c/hc vs h/hc')),
    );
  });
});

describe('retribution', () => {
  const damage = (hp: number) =>
    meanDamage(blows(fought('c/hc+retribution vs h/bl', withVital('hp', hp)), 0));

  test('is a plain blow at full health, and twice that near death', () => {
    const plain = meanDamage(ownBlows('c/hc vs h/bl'));
    expect(damage(100) / plain).toBeGreaterThan(0.95);
    expect(damage(100) / plain).toBeLessThan(1.05);
    expect(damage(50) / plain).toBeGreaterThan(1.35);
    expect(damage(30) / plain).toBeGreaterThan(1.55);
  });
});

describe('a flame blade', () => {
  test('is never parried, harder to dodge, and pierces a guard partly', () => {
    const flames = ownBlows('c/hc+flame_blade vs h/hc');
    expect(shareOf(flames, 'parry')).toBe(0);
    expect(meanDamage(flames)).toBeGreaterThan(3 * meanDamage(ownBlows('c/hc vs h/hc')));
    expect(shareOf(ownBlows('c/hc+flame_blade vs h/bl+mirage'), 'dodge')).toBeLessThan(
      0.6 * shareOf(ownBlows('c/hc vs h/bl+mirage'), 'dodge'),
    );
  });

  test('does more damage with more intelligence', () => {
    const bright = { ...own, attributes: { ...own.attributes, intelligence: 40 } };
    const hot = blows(manyTimes('c/hc+flame_blade vs h/bl', { sheets: [bright, sheets[1]] }), 0);
    expect(meanDamage(hot)).toBeGreaterThan(1.2 * meanDamage(ownBlows('c/hc+flame_blade vs h/bl')));
  });
});

test('a technique that changes a blow is named in the blow event', () => {
  for (const technique of own.techniques) {
    const lines = ownBlows(`c/hc+${technique} vs h/bl`).map((blow) => blow.technique);
    expect(new Set(lines)).toEqual(new Set([technique]));
  }
});
