import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import { contextOf } from '../../../domains/account/account-session-service.ts';
import type { Character } from '../../../domains/account/character.ts';
import { characterSheet } from '../../../domains/account/character-sheet.ts';
import { gearScore } from '../../../domains/account/gear-score.ts';
import { vitalsFor } from '../../../domains/account/vitals.ts';
import { characterRow } from '../../support/character-row.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';

const row = characterRow();
const attributes = { ...archetypeNumbers.mystic.attributes, luck: 31 };
const earned: Character = { ...row, attributes, skills: { siphon: 1, feint: 2, breath: 0 } };

describe('the sheet of a character', () => {
  test.each(archetypes)(
    'whose row has no more than an archetype is that of a fresh %s',
    (archetype) => {
      const born = archetypeNumbers[archetype];
      const sheet = characterSheet({ ...row, archetype });
      expect(sheet.attributes).toEqual(born.attributes);
      expect(sheet.techniques.toSorted()).toEqual([...born.techniques].toSorted());
      expect(sheet.stats).toEqual(vitalsFor(born.attributes));
      expect(sheet).toEqual(characterSheet({ archetype }));
    },
  );

  test('whose row says other attributes and skills than the archetype has those', () => {
    const sheet = characterSheet(earned);
    expect(sheet).toMatchObject({ attributes, gs: gearScore(attributes) });
    expect(sheet.stats).toEqual(vitalsFor(attributes));
    expect(sheet.techniques).toEqual(['feint', 'siphon']);
  });

  test('is the same from the row and from the live session', () => {
    expect(characterSheet(contextOf(earned))).toEqual(characterSheet(earned));
  });

  test('without an archetype has eight points in everything', () => {
    expect(characterSheet({ ...row, archetype: null })).toMatchObject({ gs: 100, techniques: [] });
  });

  test('keeps the wounds, within the maxima that the attributes make', () => {
    const stats = { ...vitalsFor(attributes), hp: { cur: 5, max: 9 }, mp: { cur: 999, max: 999 } };
    const { hp, mp } = vitalsFor(attributes);
    for (const sheet of [
      characterSheet({ ...earned, vitals_snapshot: stats }),
      characterSheet({ ...contextOf(earned), stats }),
    ]) {
      expect(sheet.stats).toMatchObject({ hp: { cur: 5, max: hp.max }, mp });
    }
  });
});

test('nothing but the sheet computes a GearScore or vitals', () => {
  const home = new URL('../../../', import.meta.url);
  const callers = ['bot/', 'domains/'].flatMap((folder) =>
    readdirSync(new URL(folder, home), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /(?<!function )\b(gearScore|vitalsFor)\(/.test(
          readFileSync(new URL(folder + file, home), 'utf8'),
        ),
      ),
  );
  expect(callers).toEqual(['account/character-sheet.ts']);
});
