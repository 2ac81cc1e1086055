import { worthNumbers } from '../../resources/numbers/worth.ts';
import { type Archetype, type Attributes, attributeNames } from './account-context.ts';

/** What these points are worth to a fighter of the archetype, in thousandths of a logit of winning. */
export function attributeWorth(archetype: Archetype, points: Readonly<Attributes>): number {
  const worth = worthNumbers[archetype];
  return attributeNames.reduce((sum, name) => sum + worth[name] * points[name], 0);
}
