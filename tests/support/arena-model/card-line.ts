export interface Card {
  readonly gs: number;
  readonly text: string;
}

/** As Redis keeps them: equals by what they read. */
export function lineOf(cards: Iterable<Card>): Card[] {
  return [...cards].sort((a, b) => a.gs - b.gs || (a.text < b.text ? -1 : 1));
}

/** What `look-around.lua` tells of the line to one whose range is "gs,min_gs,max_gs". */
export function cardsAround(line: readonly Card[], near: number, range: string): string[] {
  const [gs = NaN, minGs = NaN, maxGs = NaN] = range.split(',').map(Number);
  const up = line.filter((card) => card.gs >= gs && card.gs <= maxGs).slice(0, near);
  const below = line.filter((card) => card.gs < gs && card.gs >= minGs);
  const level = below.filter((card) => card.gs === below.at(-1)?.gs);
  const down = up.at(near - 1)?.gs === gs ? [] : level.length >= near ? level : below.reverse();
  return [up, down.slice(0, near)].map((cards) => cards.map(({ text }) => ` ${text}`).join(''));
}
