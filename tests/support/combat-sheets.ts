import {
  type Archetype,
  type AttributeName,
  type Attributes,
  attributeNames,
} from '../../domains/account/account-context.ts';
import { vitalsFor } from '../../domains/account/vitals.ts';
import type { FighterSheet, TechniqueId } from '../../domains/combat/battle.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';

/** A fresh fighter of an archetype, with some attributes raised by so many points. */
export function freshSheet(
  archetype: Archetype,
  raised: Partial<Record<AttributeName, number>> = {},
): FighterSheet {
  const fresh = archetypeNumbers[archetype];
  const attributes: Attributes = { ...fresh.attributes };
  for (const name of attributeNames) attributes[name] += raised[name] ?? 0;
  return sheet(archetype, attributes, [...fresh.techniques]);
}

/** A fighter with the same points in everything, and the techniques named. */
export function evenSheet(points: number, ...techniques: TechniqueId[]): FighterSheet {
  const entries = attributeNames.map((name) => [name, points] as const);
  return sheet('warrior', Object.fromEntries(entries) as Attributes, techniques);
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

function sheet(
  archetype: Archetype,
  attributes: Attributes,
  techniques: TechniqueId[],
): FighterSheet {
  return { archetype, attributes, stats: vitalsFor(attributes), techniques };
}
