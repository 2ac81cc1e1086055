import { type Attributes, attributeNames } from './account-context.ts';

/** What a point of an attribute adds, in tenths. */
const tenthsPerPoint: Readonly<Attributes> = {
  strength: 17,
  agility: 15,
  endurance: 17,
  intelligence: 13,
  wisdom: 13,
  men: 14,
  perception: 12,
  charisma: 12,
  luck: 12,
};

/**
 * How strong a character is, as one whole number: `Σ weight × points`, rounded. Eight points in
 * everything make 100. Every weight is above 1, so a point more in anything always counts.
 */
export function gearScore(attributes: Readonly<Attributes>): number {
  const tenths = attributeNames.reduce(
    (sum, name) => sum + tenthsPerPoint[name] * attributes[name],
    0,
  );
  return Math.round(tenths / 10);
}
