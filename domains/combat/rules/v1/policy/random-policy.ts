import { guards, zones } from '../choices.ts';
import { legalTechniques } from '../legal-moves.ts';
import type { Policy } from '../../policy.ts';

/** Chooses among all legal moves with equal chances. */
export const randomPolicy: Policy = ({ battle, side, roll }) => {
  const techniques = [null, ...legalTechniques(battle, side)];
  return {
    strike: zones[roll(zones.length)] ?? 'chest',
    guard: guards[roll(guards.length)] ?? 'chest-belly',
    technique: techniques[roll(techniques.length)] ?? null,
  };
};
