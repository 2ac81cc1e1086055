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

describe('characterSheet', () => {
  test.each(archetypes)('of a row with only an archetype is that of a new %s', (archetype) => {
    const starting = archetypeNumbers[archetype];
    const sheet = characterSheet({ ...row, archetype });
    expect(sheet.attributes).toEqual(starting.attributes);
    expect(sheet.techniques.toSorted()).toEqual([...starting.techniques].toSorted());
    expect(sheet.stats).toEqual(vitalsFor(starting.attributes));
    expect(sheet).toEqual(characterSheet({ archetype }));
  });

  test('takes attributes and skills from the row before the archetype', () => {
    const sheet = characterSheet(earned);
    expect(sheet).toMatchObject({ attributes, gs: gearScore(attributes) });
    expect(sheet.stats).toEqual(vitalsFor(attributes));
    expect(sheet.techniques).toEqual(['feint', 'siphon']);
  });

  test('is equal for the row and the live session', () => {
    expect(characterSheet(contextOf(earned))).toEqual(characterSheet(earned));
  });

  test('without an archetype has eight points in everything', () => {
    expect(characterSheet({ ...row, archetype: null })).toMatchObject({ gs: 100, techniques: [] });
  });

  test('takes the current vitals, within the maxima of the attributes', () => {
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

test('only characterSheet computes GearScore and vitals of a character, and monster.ts those of a monster', () => {
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
  expect(callers).toEqual(['account/character-sheet.ts', 'combat/monster.ts']);
});
