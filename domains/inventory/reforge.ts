import { REFORGE_GOLD, REFORGE_SCRAP } from '../../resources/numbers/items.ts';
import { type Belongings, changeOf, changed, find, refusal } from './bag-rules.ts';
import type { Decision } from './journey-store.ts';
import { type Draw, withOtherAffix } from './roll-item.ts';

/** Another affix for gold and scrap. Worn items may be reforged: their bonus follows. */
export function reforge({ items, journey }: Belongings, id: number, draw: Draw): Decision {
  const item = find(items, id);
  if (item === null) return refusal('bag.notice.gone');
  if (item.locked) return refusal('bag.notice.locked');
  if (item.affixes.length === 0) return refusal('bag.notice.no_affix');
  if (journey.gold < REFORGE_GOLD || journey.scrap < REFORGE_SCRAP)
    return refusal('bag.notice.poor');
  const affixes = [...withOtherAffix(draw, item).affixes];
  const ref = `${id}:${journey.version}`;
  return changed({
    items: [{ ...changeOf(item), affixes }],
    wallet: [{ reason: 'reforge', ref, gold: -REFORGE_GOLD, scrap: -REFORGE_SCRAP }],
  });
}
