import { type Text, genderArg, text } from '../core/text.ts';
import { type AdminPayload, backToAdmin } from './admin-payload.ts';
import {
  BALANCE_DAYS,
  BALANCE_LEAST,
  type BalanceCounts,
  type WinCount,
  wilsonInterval,
} from './balance.ts';

export function balanceScreen({ archetypes, techniques }: BalanceCounts): AdminPayload {
  const archetypeName = ({ of }: (typeof archetypes)[number]) =>
    text(`combat.archetype.${of}`, { gender: genderArg(null) });
  const techniqueName = ({ of }: (typeof techniques)[number]) =>
    text(`combat.technique.${of}.name`);
  return {
    screen: 'admin.balance',
    title: text('admin.balance.title', { days: BALANCE_DAYS }),
    body: [
      text('admin.balance.how'),
      ...linesOf(text('admin.balance.archetypes'), archetypes, archetypeName),
      ...linesOf(text('admin.balance.techniques'), techniques, techniqueName),
    ],
    buttons: [[{ label: text('admin.button.refresh'), action: 'admin.balance' }, backToAdmin]],
  };
}

/** Who wins most comes first, and last what too few duels say something about. */
function linesOf<C extends WinCount<string>>(
  title: Text,
  counts: readonly C[],
  nameOf: (one: C) => Text,
): (Text | null)[] {
  const isKnown = ({ fought }: C) => fought >= BALANCE_LEAST;
  const known = counts.filter(isKnown).toSorted((one, other) => shareOf(other) - shareOf(one));
  const few = counts.filter((one) => !isKnown(one));
  const lines = [
    ...known.map((one) => rateLine(one, nameOf(one))),
    ...few.map((one) => text('admin.balance.few', { name: nameOf(one), count: one.fought })),
  ];
  return [null, title, ...(lines.length === 0 ? [text('admin.balance.none')] : lines)];
}

function rateLine({ won, fought }: WinCount<string>, name: Text): Text {
  const { low, high } = wilsonInterval(won, fought);
  return text('admin.balance.rate', {
    name,
    count: fought,
    percent: percentOf(won / fought),
    low: percentOf(low),
    high: percentOf(high),
  });
}

function shareOf({ won, fought }: WinCount<string>): number {
  return won / fought;
}

function percentOf(share: number): number {
  return Math.round(100 * share);
}
