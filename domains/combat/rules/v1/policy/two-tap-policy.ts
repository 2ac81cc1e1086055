import { guards, zones } from '../choices.ts';
import type { Policy } from '../../policy.ts';

/** A random strike and a random guard, never a technique. */
export const twoTapPolicy: Policy = ({ roll }) => ({
  strike: zones[roll(zones.length)] ?? 'chest',
  guard: guards[roll(guards.length)] ?? 'chest-belly',
  technique: null,
});
