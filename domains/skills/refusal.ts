import { type TextKey, text } from '../core/text.ts';
import type { Decision } from '../inventory/journey-store.ts';

export function refusal(reason: TextKey): Decision {
  return { kind: 'refused', reason: text(reason) };
}
