import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { withPalette } from '../../tools/pictures/palette-png.ts';

/** Five rows of two pixels, each row with another filter. */
const filtered = [
  ...[0, 10, 20, 30, 200, 100, 0],
  ...[1, 10, 20, 30, 190, 80, 226],
  ...[2, 0, 0, 0, 0, 0, 0],
  ...[3, 5, 10, 15, 95, 40, 241],
  ...[4, 0, 0, 0, 0, 0, 0],
];
const row = ['0a141e', 'c86400'];

function chunk(type: string, data: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(type), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function dataOf(png: Buffer, type: string): Buffer {
  const at = png.indexOf(type);
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
}

test('withPalette keeps every pixel of a picture with few colours, whatever its filters', () => {
  const header = Buffer.from('00000002000000050802000000', 'hex');
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(filtered))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  const written = withPalette(png);
  const palette = dataOf(written, 'PLTE');
  const rows = inflateSync(dataOf(written, 'IDAT'));
  const colours = [0, 1, 2, 3, 4].map((y) =>
    [...rows.subarray(3 * y + 1, 3 * y + 3)].map((index) =>
      palette.subarray(3 * index, 3 * index + 3).toString('hex'),
    ),
  );
  expect(colours).toEqual([row, row, row, row, row]);
  expect(dataOf(written, 'IHDR').toString('hex')).toBe('00000002000000050803000000');
});
