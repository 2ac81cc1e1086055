import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { MAX_RAISE } from '../../resources/numbers/levels.ts';
import type { AttributeName } from '../account/account-context.ts';
import type { Decision } from '../inventory/journey-store.ts';
import type { Earnings } from '../inventory/journey.ts';
import { refusal } from './refusal.ts';

export interface PointChoice {
  readonly attribute: AttributeName;
  /** Of the journey, as the button has it. */
  readonly version: number;
}

/** Spends a point at once: nothing but the database holds it, so none can be lost on the way. */
export function spendPoint({ attribute, version }: PointChoice) {
  return (earnings: Earnings): Decision => {
    const { attributes, journey } = earnings;
    if (journey.version !== version) return refusal('skills.notice.stale');
    if (journey.points < 1) return refusal('skills.notice.no_points');
    if (!canRaise(earnings, attribute)) return refusal('skills.notice.limit');
    const raised = { ...attributes, [attribute]: attributes[attribute] + 1 };
    return { kind: 'change', change: { spentPoints: 1, attributes: raised } };
  };
}

function canRaise({ archetype, attributes }: Earnings, name: AttributeName): boolean {
  if (archetype === null) return false;
  return attributes[name] < archetypeNumbers[archetype].attributes[name] + MAX_RAISE;
}
