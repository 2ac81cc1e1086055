import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const CHANNELS = 3;
const MOST_COLOURS = 256;
/** Colours that differ less than this in each channel may share an entry of the palette. */
const STEP_BITS = 3;

interface Image {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel. */
  readonly pixels: Uint8Array;
}

/** A screenshot of Chromium (RGB, not interlaced) with the 256 commonest colours: less than half as long. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const palette = commonestColours(pixels);
  const indexOf = nearestIn(palette);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + x + 1] = indexOf(colourAt(pixels, y * width + x));
  const header = Buffer.from(chunksOf(png).find(({ type }) => type === 'IHDR')?.data ?? []);
  header[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channelsOf))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function decode(png: Buffer): Image {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header?.subarray(8).toString('hex') !== '0802000000') throw new Error('not a plain RGB PNG');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const parts = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  const rows = inflateSync(Buffer.concat(parts));
  return { width, height, pixels: unfiltered(rows, width * CHANNELS) };
}

/** Each byte is stored as its difference from what its neighbours predict. */
function unfiltered(rows: Uint8Array, rowLength: number): Uint8Array {
  const height = rows.length / (rowLength + 1);
  const bytes = new Uint8Array(height * rowLength);
  for (let at = 0; at < bytes.length; at += 1) {
    const [y, x] = [Math.floor(at / rowLength), at % rowLength];
    const left = x < CHANNELS ? 0 : (bytes[at - CHANNELS] ?? 0);
    const up = bytes[at - rowLength] ?? 0;
    const corner = x < CHANNELS ? 0 : (bytes[at - rowLength - CHANNELS] ?? 0);
    const filter = rows[y * (rowLength + 1)] ?? 0;
    const predictions = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
    bytes[at] = (rows[y * (rowLength + 1) + 1 + x] ?? 0) + (predictions[filter] ?? 0);
  }
  return bytes;
}

function paeth(left: number, up: number, corner: number): number {
  const near = (value: number) => Math.abs(left + up - corner - value);
  if (near(left) <= near(up) && near(left) <= near(corner)) return left;
  return near(up) <= near(corner) ? up : corner;
}

function colourAt(pixels: Uint8Array, index: number): number {
  const at = index * CHANNELS;
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

function channelsOf(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

/** The commonest colour of each of the commonest groups of similar colours. */
function commonestColours(pixels: Uint8Array): number[] {
  const counts = new Map<number, number>();
  for (let index = 0; index < pixels.length / CHANNELS; index += 1) {
    const colour = colourAt(pixels, index);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const groups = new Map<string, { colour: number; count: number }>();
  for (const [colour, count] of [...counts].sort(([, one], [, other]) => other - one)) {
    const key = channelsOf(colour)
      .map((channel) => channel >> STEP_BITS)
      .join(' ');
    const known = groups.get(key);
    groups.set(key, { colour: known?.colour ?? colour, count: (known?.count ?? 0) + count });
  }
  const sorted = [...groups.values()].sort((one, other) => other.count - one.count);
  return sorted.slice(0, MOST_COLOURS).map(({ colour }) => colour);
}

function nearestIn(palette: readonly number[]): (colour: number) => number {
  const found = new Map<number, number>();
  const distance = (one: number, other: number) => {
    const [a, b] = [channelsOf(one), channelsOf(other)];
    return a.reduce((sum, channel, index) => sum + (channel - (b[index] ?? 0)) ** 2, 0);
  };
  return (colour) => {
    const known = found.get(colour);
    if (known !== undefined) return known;
    const distances = palette.map((entry) => distance(entry, colour));
    const index = distances.indexOf(Math.min(...distances));
    found.set(colour, index);
    return index;
  };
}
