import type { WideningStep } from '../../domains/arena/arena-store.ts';
import type { ArenaRules } from '../../domains/arena/matchmaking.ts';
import { REQUEST_TTL, SHADOW_AFTER_S, WIDENING } from '../../resources/numbers/arena.ts';

/** Ways to widen the GearScore window with waiting time; the shipped one first. */
export const curves: Readonly<Record<string, readonly WideningStep[]>> = {
  shipped: WIDENING.map(({ afterS, share }) => ({ afterMs: afterS * 1_000, share })),
  none: steps([0, 0.15]),
  'at-once-40': steps([0, 0.4]),
  tighter: steps([0, 0.1], [10, 0.15], [20, 0.2], [30, 0.25]),
  wider: steps([0, 0.2], [10, 0.3], [20, 0.4], [30, 0.5]),
  'narrow-25': steps([0, 0.05], [5, 0.1], [10, 0.15], [20, 0.2], [30, 0.25]),
  patient: steps([0, 0.1], [5, 0.15], [15, 0.2], [30, 0.3], [40, 0.4]),
  sooner: steps([0, 0.15], [5, 0.2], [10, 0.3], [15, 0.4]),
  late: steps([0, 0.15], [20, 0.2], [30, 0.3], [40, 0.4]),
  'to-30': steps([0, 0.15], [10, 0.2], [20, 0.25], [30, 0.3]),
  'end-50': steps([0, 0.15], [10, 0.2], [20, 0.3], [30, 0.5]),
  'end-40': steps([0, 0.15], [10, 0.2], [20, 0.3], [30, 0.4]),
  'open-60': steps([0, 0.15], [10, 0.3], [20, 0.6]),
  linear: line(0.15, 0.4),
  'narrow-30': line(0.05, 0.3),
  'narrow-40': line(0.05, 0.4),
  'narrow-steps': steps([0, 0.05], [5, 0.1], [10, 0.15], [15, 0.2], [25, 0.3], [35, 0.4]),
  'narrow-quick': steps([0, 0.05], [2, 0.1], [5, 0.15], [15, 0.2], [25, 0.3], [35, 0.4]),
};

export function rulesWith(widening: readonly WideningStep[]): ArenaRules {
  return {
    widening,
    shadowAfterMs: SHADOW_AFTER_S * 1_000,
    requestTtlMs: REQUEST_TTL * 1_000,
  };
}

export function curveText(widening: readonly WideningStep[]): string {
  const [first] = widening;
  const last = widening.at(-1);
  if (first === undefined || last === undefined) return 'no window';
  if (widening.length > 10) return `${text(first)} rising to ${text(last)} by the second`;
  return widening.map(text).join(', ');
}

function text({ afterMs, share }: WideningStep): string {
  const from = afterMs === 0 ? '' : ` at ${afterMs / 1_000} s`;
  return `${Math.round(share * 100)} %${from}`;
}

function steps(...pairs: readonly (readonly [afterS: number, share: number])[]): WideningStep[] {
  return pairs.map(([afterS, share]) => ({ afterMs: afterS * 1_000, share }));
}

/** Widens a little every second until the Shadow comes. */
function line(from: number, to: number): WideningStep[] {
  return Array.from({ length: SHADOW_AFTER_S }, (_, second) => ({
    afterMs: second * 1_000,
    share: from + ((to - from) * second) / (SHADOW_AFTER_S - 1),
  }));
}
