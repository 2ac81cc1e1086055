import { type Text, text } from '../core/text.ts';
import { type Earnings, countIn } from '../inventory/journey.ts';

/** What a claim has given, as the difference that it made. */
export function givenLines(before: Earnings, after: Earnings): Text[] {
  const { xp, gold, level } = after.journey;
  const hasRisen = level > before.journey.level;
  return [
    text('battle.result.reward', { xp: xp - before.journey.xp, gold: gold - before.journey.gold }),
    ...itemLine(before, after),
    ...(hasRisen ? [text('battle.result.level', { level })] : []),
  ];
}

function itemLine(before: Earnings, after: Earnings): Text[] {
  const place = (['bag', 'chest'] as const).find(
    (one) => countIn(after.items, one) > countIn(before.items, one),
  );
  if (place !== undefined) return [text(`skills.board.item.${place}`)];
  const scrap = after.journey.scrap - before.journey.scrap;
  return scrap > 0 ? [text('skills.board.item.scrap', { scrap })] : [];
}
