import { GOLD_LIMIT } from '../../resources/numbers/items.ts';
import { type Violation, violation } from './violation.ts';
import type { Earned, WalletRow } from './earned.ts';

/** The wallet against its transactions, and those against grants and items that are gone. */
export function walletViolations(earned: Earned): Violation[] {
  const { charId, journey, wallet } = earned;
  const sums = balancesOf(wallet).at(-1)?.sums ?? { gold: 0, scrap: 0 };
  const details = [
    ...(['gold', 'scrap'] as const)
      .filter((kind) => sums[kind] !== journey[kind])
      .map((kind) => `has ${journey[kind]} ${kind}, its transactions ${sums[kind]}`),
    ...impossibleMoments(wallet),
    ...grantDetails(earned),
    ...purchaseDetails(earned),
  ];
  return details.map((what) => violation('every wallet adds up', `character ${charId} ${what}`));
}

/** The sums after each transaction. */
function balancesOf(wallet: readonly WalletRow[]) {
  let [gold, scrap] = [0, 0];
  return wallet.map((one) => {
    gold += one.gold;
    scrap += one.scrap;
    return { ...one, before: gold - one.gold, sums: { gold, scrap } };
  });
}

function impossibleMoments(wallet: readonly WalletRow[]): string[] {
  return balancesOf(wallet).flatMap(({ reason, ref, sums: { gold, scrap } }) => {
    const isPossible = gold >= 0 && gold <= GOLD_LIMIT && scrap >= 0;
    return isPossible ? [] : [`had ${gold} gold and ${scrap} scrap after ${reason} ${ref}`];
  });
}

/** What a grant gave is in the wallet, except gold above the limit. */
function grantDetails({ grants, wallet }: Earned): string[] {
  const rows = balancesOf(wallet).filter(({ reason }) => reason === 'grant');
  const paidFor = new Map(rows.map((row) => [row.ref, row]));
  const wrong = grants.flatMap(({ id, contents: { gold, scrap } }) => {
    const paid = paidFor.get(id) ?? { gold: 0, scrap: 0, before: 0 };
    const isPaid = paid.scrap === scrap && paid.gold === Math.min(gold, GOLD_LIMIT - paid.before);
    return isPaid
      ? []
      : [
          `was given ${gold} gold and ${scrap} scrap by ${id}, and paid ${paid.gold} and ${paid.scrap}`,
        ];
  });
  const known = new Set(grants.map(({ id }) => id));
  const unknown = rows.filter(({ ref }) => !known.has(ref));
  return [...wrong, ...unknown.map(({ ref }) => `was paid for ${ref}, which is no grant`)];
}

/** Each purchase paid for the grant of its item, and each such grant was paid for. */
function purchaseDetails({ charId, grants, wallet }: Earned): string[] {
  const prefix = `buy:${charId}:`;
  const given = new Set(grants.map(({ id }) => id).filter((id) => id.startsWith(prefix)));
  const bought = wallet.filter(({ reason }) => reason === 'buy').map(({ ref }) => prefix + ref);
  return [
    ...bought.filter((id) => !given.has(id)).map((id) => `paid for ${id} and was given nothing`),
    ...[...given].filter((id) => !bought.includes(id)).map((id) => `did not pay for ${id}`),
  ];
}
