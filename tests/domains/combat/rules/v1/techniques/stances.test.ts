import { describe, expect, test } from 'vitest';
import { type BattleEvent, zones } from '../../../../../../domains/combat/battle.ts';
import {
  blows,
  manyTimes,
  mean,
  meanDamage,
  shareOf,
} from '../../../../../support/combat-notation.ts';
import { evenSheet } from '../../../../../support/combat-sheets.ts';

const own = evenSheet(8, 'riposte', 'mirage', 'shield_wall', 'foresight');
const opponent = evenSheet(8, 'crushing_blow', 'flame_blade');
const sheets = [own, opponent] as const;

const fought = (notation: string) => manyTimes(notation, { sheets });
/** The blow events against the stance. */
const against = (notation: string) => blows(fought(notation), 1);
const ownBlows = (notation: string) => blows(fought(notation), 0);

function counters(events: readonly BattleEvent[]) {
  return events.filter((event) => event.kind === 'counter' && event.side === 0);
}

describe('a riposte', () => {
  test('parries and counters every blow into the guard', () => {
    for (const { events } of fought('l/hc+riposte vs c/hc')) {
      const blow = events.find((event) => event.kind === 'blow' && event.side === 1);
      if (blow?.kind !== 'blow' || ['miss', 'dodge'].includes(blow.result)) continue;
      expect(blow.result).toBe('parry');
      expect(counters(events)).toHaveLength(1);
    }
  });

  test('counters with more damage than a plain blow', () => {
    const answers = fought('l/hc+riposte vs c/hc').flatMap(({ events }) => counters(events));
    const hits = ownBlows('c/hc vs c/bl').filter(({ result, crit }) => result === 'hit' && !crit);
    expect(answers.length).toBeGreaterThan(250);
    const amounts = answers.map((event) => (event.kind === 'counter' ? event.amount : 0));
    expect(mean(amounts)).toBeGreaterThan(meanDamage(hits));
  });

  test('does not protect other zones', () => {
    const outcomes = fought('l/hc+riposte vs l/hc');
    expect(outcomes.flatMap(({ events }) => counters(events))).toEqual([]);
  });

  test('weakens the own blow', () => {
    expect(meanDamage(ownBlows('c/hc+riposte vs h/bl'))).toBeLessThan(
      0.75 * meanDamage(ownBlows('c/hc vs h/bl')),
    );
  });

  test('does not stop blows that cannot be parried', () => {
    for (const technique of ['crushing_blow', 'flame_blade']) {
      expect(shareOf(against(`l/hc+riposte vs c/hc+${technique}`), 'parry')).toBe(0);
    }
  });
});

describe('a mirage', () => {
  test('makes most blows miss', () => {
    const dodged = shareOf(against('l/hc+mirage vs l/hc'), 'dodge');
    expect(dodged).toBeGreaterThan(0.5);
    expect(dodged).toBeLessThan(0.8);
  });
});

describe('a shield wall', () => {
  test.each(zones)('guards the %s with every chosen guard', (zone) => {
    const stopped = ['hc', 'cb', 'bl'].flatMap((guard) =>
      against(`l/${guard}+shield_wall vs ${zone.charAt(0)}/hc`),
    );
    expect(shareOf(stopped, 'hit')).toBe(0);
  });

  test('weakens the own blow', () => {
    expect(meanDamage(ownBlows('c/hc+shield_wall vs h/bl'))).toBeLessThan(
      0.85 * meanDamage(ownBlows('c/hc vs h/bl')),
    );
  });

  test('is pierced by a crushing blow', () => {
    expect(meanDamage(against('l/hc+shield_wall vs c/hc+crushing_blow'))).toBeGreaterThan(
      4 * meanDamage(against('l/hc+shield_wall vs c/hc')),
    );
  });
});

describe('foresight', () => {
  test.each(zones)('moves the guard to the %s when the blow goes there', (zone) => {
    const met = ['hc', 'cb', 'bl'].flatMap((guard) =>
      against(`l/${guard}+foresight vs ${zone.charAt(0)}/hc`),
    );
    expect(shareOf(met, 'hit')).toBe(0);
  });

  test('weakens the own blow', () => {
    expect(meanDamage(ownBlows('c/hc+foresight vs h/bl'))).toBeLessThan(
      0.75 * meanDamage(ownBlows('c/hc vs h/bl')),
    );
  });
});

test('every stance has an event before the blows, and is not named in the blow event', () => {
  for (const technique of ['riposte', 'mirage', 'shield_wall', 'foresight']) {
    for (const { events } of fought(`l/hc+${technique} vs l/hc`)) {
      expect(events[0]).toMatchObject({ kind: 'stance', side: 0, technique });
    }
    expect(ownBlows(`l/hc+${technique} vs l/hc`).every((blow) => blow.technique === null)).toBe(
      true,
    );
  }
});
