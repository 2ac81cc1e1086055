import { BAG_SIZE, CHEST_SIZE, rarities } from '../../resources/numbers/items.ts';
import { attributeNames } from '../../domains/account/account-context.ts';
import { type Item, itemSchema } from '../../domains/inventory/item.ts';
import { countIn, gearOf } from '../../domains/inventory/journey.ts';
import { type Violation, violation } from './violation.ts';
import type { Earned, GrantRow, ItemRow } from './earned.ts';

/** Items against the grants that made them, their places, and what the worn ones add. */
export function itemViolations(earned: Earned): Violation[] {
  const { charId, grants, items } = earned;
  const madeBy = new Set(grants.map(({ id }) => id));
  const foreign = items.filter(({ grant_id }) => !madeBy.has(grant_id));
  const granted = [
    ...grants.flatMap((grant) => grantDetails(grant, earned)),
    ...foreign.map(
      ({ id, grant_id }) => `has item ${id} of grant ${grant_id}, which is not theirs`,
    ),
  ];
  return [
    ...[...granted, ...endDetails(earned)].map((what) =>
      violation('every item granted once', `character ${charId} ${what}`),
    ),
    ...placeDetails(items).map((what) =>
      violation('every item in its place', `character ${charId} ${what}`),
    ),
    ...gearDetails(earned).map((what) => violation('gear as worn', `character ${charId} ${what}`)),
  ];
}

/** Each line of a grant is one item, or scrap for which there was no room. */
function grantDetails({ id, contents }: GrantRow, { items, wallet }: Earned): string[] {
  const reforges = wallet.filter(({ reason }) => reason === 'reforge');
  const reforged = new Set(reforges.map(({ ref }) => Number(ref.split(':')[0])));
  const made = items.filter(({ grant_id }) => grant_id === id);
  let salvaged = 0;
  const details = contents.items.flatMap((given, line) => {
    const rows = made.filter(({ grant_line }) => grant_line === line);
    if (rows.length === 0) salvaged += rarities[given.rarity].salvage;
    const isGiven = rows.length <= 1 && rows.every((row) => isAsGiven(row, given, reforged));
    return isGiven ? [] : [`has another item than line ${line} of ${id}`];
  });
  if (salvaged !== contents.scrap)
    details.push(`lacks items of ${id} worth ${salvaged} scrap, which gave ${contents.scrap}`);
  const lines = contents.items.length;
  const extra = made.filter(({ grant_line }) => grant_line < 0 || grant_line >= lines);
  return [...details, ...extra.map((item) => `has item ${item.id}, which ${id} does not name`)];
}

/** A reforged item keeps template and rarity. */
function isAsGiven(
  row: ItemRow,
  given: GrantRow['contents']['items'][number],
  reforged: ReadonlySet<number>,
): boolean {
  const isKind = row.template === given.template && row.rarity === given.rarity;
  return isKind && (reforged.has(row.id) || String(row.affixes) === String(given.affixes));
}

/** By the reason of the transaction that pays for it. */
const paidEnds = { sold: 'sell', salvaged: 'salvage' } as const;

/** An item that was sold or salvaged is gone and paid for, and no other is. */
function endDetails({ items, wallet }: Earned): string[] {
  return (['sold', 'salvaged'] as const).flatMap((how) => {
    const gone = new Set(items.filter((one) => one.gone_how === how).map(({ id }) => String(id)));
    const paid = new Set(
      wallet.filter((one) => one.reason === paidEnds[how]).map(({ ref }) => ref),
    );
    return [
      ...[...gone].filter((id) => !paid.has(id)).map((id) => `was not paid for item ${id}, ${how}`),
      ...[...paid].filter((id) => !gone.has(id)).map((id) => `was paid for item ${id}, not ${how}`),
    ];
  });
}

function placeDetails(rows: readonly ItemRow[]): string[] {
  const live = rows.filter(({ gone_at }) => gone_at === null);
  const taken = live.flatMap(({ slot }) => slot ?? []);
  const counts = { bag: countIn(live, 'bag'), chest: countIn(live, 'chest') };
  return [
    ...live
      .filter((row) => parseItem(row) === null)
      .map(({ id, place, slot }) => `has item ${id} in ${place}, slot ${String(slot)}`),
    ...[...new Set(taken)]
      .filter((slot) => taken.indexOf(slot) !== taken.lastIndexOf(slot))
      .map((slot) => `wears two items in ${slot}`),
    ...(counts.bag > BAG_SIZE ? [`has ${counts.bag} items in the bag`] : []),
    ...(counts.chest > CHEST_SIZE ? [`has ${counts.chest} items in the chest`] : []),
  ];
}

function gearDetails({ items, gear, journey }: Earned): string[] {
  const worn = items.filter(({ place }) => place === 'worn').flatMap((row) => parseItem(row) ?? []);
  const { bonus } = gearOf(worn, gear.version);
  const wrong = attributeNames.filter((name) => (gear.bonus[name] ?? 0) !== (bonus[name] ?? 0));
  return [
    ...wrong.map(
      (name) => `has ${gear.bonus[name] ?? 0} ${name} of gear and wears ${bonus[name] ?? 0}`,
    ),
    ...(gear.version > journey.version
      ? [`has gear of version ${gear.version} at version ${journey.version}`]
      : []),
  ];
}

function parseItem(row: ItemRow): Item | null {
  const { id, template, rarity, affixes, place, slot, locked } = row;
  const parsed = itemSchema.safeParse({ id, template, rarity, affixes, place, slot, locked });
  return parsed.success ? parsed.data : null;
}
