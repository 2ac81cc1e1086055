import { type Attributes, attributeNames } from './account-context.ts';

/** Weight of one point of an attribute, in tenths. */
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

/** `Σ weight × points`, rounded. Weights are above 1, so that one more point always raises the score. */
export function gearScore(attributes: Readonly<Attributes>): number {
  return scoreOfPoints(attributes);
}

/** What points add to a GearScore, such as those of an item. */
export function scoreOfPoints(points: Readonly<Attributes>): number {
  const tenths = attributeNames.reduce((sum, name) => sum + tenthsPerPoint[name] * points[name], 0);
  return Math.round(tenths / 10);
}
