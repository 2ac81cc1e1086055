const [WIDTH, HEIGHT, GAP] = [11, 22, 6];

/** Ends of the strokes of a seven-segment display, in parts of its width and height. */
const segments = {
  a: [0, 0, 1, 0],
  b: [1, 0, 1, 0.5],
  c: [1, 0.5, 1, 1],
  d: [0, 1, 1, 1],
  e: [0, 0.5, 0, 1],
  f: [0, 0, 0, 0.5],
  g: [0, 0.5, 1, 0.5],
} as const;
type Segment = keyof typeof segments;
const segmentNames = Object.keys(segments) as readonly Segment[];
/** The segments of each digit. */
const digits = 'abcdef bc abdeg abcdg bcfg acdfg acdefg abc abcdefg abcdfg'.split(' ');

/** The strokes of a number around a point, for an SVG that may have no font. */
export function digitsPath(number: number, x: number, y: number): string {
  const shown = Array.from(String(number), Number);
  const width = shown.length * WIDTH + (shown.length - 1) * GAP;
  return shown
    .map((digit, at) => strokes(digit, x - width / 2 + at * (WIDTH + GAP), y - HEIGHT / 2))
    .join('');
}

function strokes(digit: number, left: number, top: number): string {
  return segmentNames
    .filter((name) => digits[digit]?.includes(name))
    .map((name) => {
      const [x1, y1, x2, y2] = segments[name];
      const at = (x: number, y: number) => `${left + WIDTH * x} ${top + HEIGHT * y}`;
      return `M${at(x1, y1)}L${at(x2, y2)}`;
    })
    .join('');
}
