import { materialIds } from '../../resources/numbers/places.ts';
import { joined } from '../combat/fighter-lines.ts';
import { type Text, text } from '../core/text.ts';
import type { Stacks } from '../inventory/journey.ts';

/** Null: there are none. */
export function materialsText(stacks: Stacks): Text | null {
  const kept = materialIds.flatMap((material) => {
    const count = stacks[material] ?? 0;
    const name = text(`world.material.${material}`);
    return count > 0 ? [text('world.material.count', { name, count })] : [];
  });
  return joined('combat.list', kept);
}
