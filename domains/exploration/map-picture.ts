import { mapPoints } from '../../resources/numbers/map.ts';
import { type PlaceId, placeIds, places } from '../../resources/numbers/places.ts';
import { digitsPath } from './digits-path.ts';
import { listedPlaces } from './listed-places.ts';
import { tierOf } from './places.ts';

export interface MapFacts {
  readonly place: PlaceId;
  /** Places where the character has been. */
  readonly seen: readonly PlaceId[];
}

const [WIDTH, HEIGHT] = [1000, 700];
const RADIUS = 26;
/** Safe places, and wild ones by tier. */
const colours = ['#4caf7a', '#e0c341', '#e08a3c', '#d9534f'] as const;

/** As an SVG without text, which would need a font of the machine: its numbers are those of the list. */
export function mapSvg(facts: MapFacts): string {
  const listed = listedPlaces(facts.seen);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#18222d"/>
${waysBetween(listed, facts.seen).join('\n')}
${listed.map((id, at) => mark(id, at + 1, facts)).join('\n')}
</svg>`;
}

/** Each way once; one that was not walked is dashed. */
function waysBetween(listed: readonly PlaceId[], seen: readonly PlaceId[]): string[] {
  const isListed = (id: PlaceId) => listed.includes(id);
  return placeIds.filter(isListed).flatMap((from) =>
    places[from].exits
      .filter((to) => isListed(to) && placeIds.indexOf(from) < placeIds.indexOf(to))
      .filter((to) => seen.includes(from) || seen.includes(to))
      .map((to) => way(from, to, seen.includes(from) && seen.includes(to))),
  );
}

function way(from: PlaceId, to: PlaceId, isKnown: boolean): string {
  const [[x1, y1], [x2, y2]] = [mapPoints[from], mapPoints[to]];
  const dashes = isKnown ? '' : ' stroke-dasharray="4 12"';
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#5a6b7d" stroke-width="5" stroke-linecap="round"${dashes}/>`;
}

function mark(id: PlaceId, number: number, { place, seen }: MapFacts): string {
  const [x, y] = mapPoints[id];
  const colour = colours[tierOf(id) ?? 0];
  const fill = seen.includes(id) ? colour : '#18222d';
  const ink = seen.includes(id) ? '#18222d' : colour;
  const here =
    id === place
      ? `<circle cx="${x}" cy="${y}" r="${RADIUS + 10}" fill="none" stroke="#ffffff" stroke-width="5"/>`
      : '';
  return `${here}<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="${fill}" stroke="${colour}" stroke-width="4"/>
<path d="${digitsPath(number, x, y)}" fill="none" stroke="${ink}" stroke-width="4" stroke-linecap="round"/>`;
}
