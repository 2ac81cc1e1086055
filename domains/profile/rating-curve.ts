import { CURVE_STEPS, CURVE_LINES } from '../../resources/numbers/profile.ts';

/** A curve and the horizontal lines behind it, from the lowest to the highest. */
export interface RatingCurve {
  readonly numbers: readonly number[];
  readonly step: number;
  readonly low: number;
  readonly high: number;
}

/** `numbers`: two at least. */
export function ratingCurve(numbers: readonly number[]): RatingCurve {
  const spans = CURVE_STEPS.map((step) => ({ step, ...spanOf(numbers, step) }));
  const isShort = ({ step, low, high }: (typeof spans)[number]) =>
    (high - low) / step <= CURVE_LINES;
  const [widest] = spans.slice(-1);
  const span = spans.find(isShort) ?? widest;
  if (span === undefined) throw new Error('there is no step');
  return { numbers, ...span };
}

function spanOf(numbers: readonly number[], step: number) {
  const low = Math.floor(Math.min(...numbers) / step) * step;
  return { low, high: Math.max(low + step, Math.ceil(Math.max(...numbers) / step) * step) };
}

const [WIDTH, HEIGHT, MARGIN] = [900, 480, 40];

/** As an SVG without text, which would need a font of the machine. */
export function curveSvg(curve: RatingCurve): string {
  const { numbers } = curve;
  const points = numbers.map((number, at) => pointAt(curve, at, number));
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ');
  const bottom = HEIGHT - MARGIN;
  const last = points.at(-1) ?? { x: 0, y: 0 };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<defs><linearGradient id="below" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#f5b83d" stop-opacity="0.45"/><stop offset="1" stop-color="#f5b83d" stop-opacity="0"/>
</linearGradient></defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#18222d"/>
${gridLines(curve)}
<polygon points="${MARGIN},${bottom} ${line} ${last.x},${bottom}" fill="url(#below)"/>
<polyline points="${line}" fill="none" stroke="#f5b83d" stroke-width="5" stroke-linejoin="round" stroke-linecap="round"/>
<circle cx="${last.x}" cy="${last.y}" r="11" fill="#18222d" stroke="#f5b83d" stroke-width="5"/>
</svg>`;
}

function gridLines(curve: RatingCurve): string {
  const { step, low, high } = curve;
  const count = (high - low) / step + 1;
  const lines = Array.from({ length: count }, (_, at) => {
    const { y } = pointAt(curve, 0, low + at * step);
    return `<line x1="${MARGIN}" y1="${y}" x2="${WIDTH - MARGIN}" y2="${y}" stroke="#3a4a5c" stroke-width="2"/>`;
  });
  return lines.join('\n');
}

function pointAt({ numbers, low, high }: RatingCurve, at: number, number: number) {
  const share = numbers.length < 2 ? 0 : at / (numbers.length - 1);
  const x = MARGIN + share * (WIDTH - 2 * MARGIN);
  const y = HEIGHT - MARGIN - ((number - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}
