import {
  type Archetype,
  type AttributeName,
  archetypes,
} from '../../domains/account/account-context.ts';
import { vitalsFor } from '../../domains/account/vitals.ts';
import type { FighterSheet } from '../../domains/combat/battle.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';

/** A fresh fighter of an archetype, with some attributes raised. */
export function freshSheet(
  archetype: Archetype,
  raised: Partial<Record<AttributeName, number>> = {},
): FighterSheet {
  const { techniques, ...fresh } = archetypeNumbers[archetype];
  const attributes = { ...fresh.attributes };
  const more = Object.entries(raised) as [AttributeName, number][];
  const all = more.reduce<Record<AttributeName, number>>(
    (sum, [name, points]) => ({ ...sum, [name]: sum[name] + points }),
    attributes,
  );
  return { archetype, attributes: all, stats: vitalsFor(all), techniques: [...techniques] };
}

/** The `n`th test seed: 32 hexadecimal digits. */
export function testSeed(n: number): string {
  let word = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  let seed = '';
  for (let count = 0; count < 4; count += 1) {
    word = (Math.imul(word ^ (word >>> 15), 0x2c1b3c6d) + n) >>> 0;
    word = Math.imul(word ^ (word >>> 12), 0x297a2d39) >>> 0;
    seed += word.toString(16).padStart(8, '0');
  }
  return seed;
}

export { archetypes };
