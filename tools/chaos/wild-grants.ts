import { placeIds, places } from '../../resources/numbers/places.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { monsterOf, wildRewardsHandler } from '../../domains/exploration/wild-rewards.ts';
import type { ItemKind } from '../../domains/inventory/item.ts';
import { newJourney } from '../../domains/inventory/journey.ts';
import { newTravel } from '../../domains/inventory/travel.ts';
import type { Earned, GrantRow } from './earned.ts';
import { isSame } from './is-same.ts';

export interface PaidBattle {
  readonly battle: ArchivedBattle;
  readonly grant: GrantRow;
}

/** Grants of a character's battles that the handler computes otherwise. */
export function recomputed(earned: Earned, paid: readonly PaidBattle[]): string[] {
  let dry = 0;
  const inOrder = paid.toSorted((one, other) => one.battle.endedAtMs - other.battle.endedAtMs);
  const wrong = inOrder.flatMap(({ battle, grant }) => {
    const { contents } = grant;
    const isRight = possibleGrants(earned, battle, dry).some((one) =>
      isSame(one, partsOf(contents)),
    );
    if (contents.wild?.result === 'won') dry = contents.items.length > 0 ? 0 : dry + 1;
    return isRight ? [] : [`${grant.id} gave ${JSON.stringify(partsOf(contents))}`];
  });
  const { row } = earned;
  if (row === null || row.dry === dry) return wrong;
  return [...wrong, `${row.dry} wins in a row without an item, not ${dry}`];
}

/** The place of a battle is not stored: one grant for each place where its monster lives. */
function possibleGrants({ charId, archetype }: Earned, battle: ArchivedBattle, dry: number) {
  const monster = monsterOf(battle);
  const homes = placeIds.filter((id) => {
    const place = places[id];
    return place.kind === 'wild' && [...place.monsters, place.boss].some((one) => one === monster);
  });
  return homes.flatMap((location) => {
    const journey = { ...newJourney, travel: { ...newTravel, location, dry } };
    const facts = { charId, archetype, journey, stacks: {}, items: [], isGranted: false };
    const reward = wildRewardsHandler.apply(battle, facts);
    return (reward?.change.grants ?? []).map(partsOf);
  });
}

interface Parts extends Pick<GrantRow['contents'], 'xp' | 'gold' | 'uses'> {
  readonly items: readonly ItemKind[];
  readonly materials?: Readonly<Record<string, number>>;
  readonly wild?: GrantRow['contents']['wild'];
}

/** Without what depends on the bag and on earlier grants. */
function partsOf({ xp, gold, items, uses, materials = {}, wild = null }: Parts) {
  const kinds = items.map(({ template, rarity, affixes }) => ({ template, rarity, affixes }));
  return { xp, gold, items: kinds, uses, materials, wild };
}
