import { ownStyles, styles } from '../../resources/numbers/items.ts';
import { worthNumbers } from '../../resources/numbers/worth.ts';
import {
  type Archetype,
  type AttributeName,
  type Attributes,
  attributeNames,
} from '../account/account-context.ts';

export type Weights = Readonly<Partial<Record<AttributeName, number>>>;
/** Attribute points to add; absent: none. */
export type Raise = Readonly<Partial<Attributes>>;

/** Of the points, for the first, the second and the third attribute. */
const shares = [1 / 2, 1 / 3, 1 / 6] as const;

export interface PointsFor {
  readonly points: number;
  readonly archetype: Archetype;
  /** What the choices were; absent: what suits the archetype. */
  readonly weights?: Weights;
}

/** +3, +2 and +1 of six points, for the three heaviest weights. */
export function proposedRaise({ points, archetype, weights = {} }: PointsFor): Raise {
  const order = attributesByUse(archetype).toSorted(
    (one, other) => (weights[other] ?? 0) - (weights[one] ?? 0),
  );
  const raise: Partial<Attributes> = {};
  for (const [at, share] of shares.entries()) {
    const name = order[at];
    if (name !== undefined) raise[name] = Math.round(points * share);
  }
  return raise;
}

/** How many of the points one attribute may get. */
export function mostForOne(points: number): number {
  return Math.round(points * shares[0]);
}

/** Whether the player may distribute the points this way. */
export function isAllowedRaise(raise: Raise, points: number): boolean {
  const given = Object.values(raise);
  const isEachAllowed = given.every(
    (one) => Number.isInteger(one) && one >= 0 && one <= mostForOne(points),
  );
  return isEachAllowed && given.reduce((sum, one) => sum + one, 0) === points;
}

/** The archetype's main attribute, then the others by what they are worth to it. */
function attributesByUse(archetype: Archetype): AttributeName[] {
  const { main } = styles[ownStyles[archetype]];
  const worth = (name: AttributeName) => (name === main ? Infinity : worthNumbers[archetype][name]);
  return attributeNames.toSorted((one, other) => worth(other) - worth(one));
}
