import { crc32, deflateSync } from 'node:zlib';

/** Pixels, as with Telegram's stickers. */
export const STICKER_SIDE = 512;

const MAGIC = Buffer.from('89504e470d0a1a0a', 'hex');

/** A PNG of a disc in a colour of the emoji. Equal emoji give equal bytes. */
export function stickerImage(emoji: string): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(STICKER_SIDE, 0);
  header.writeUInt32BE(STICKER_SIDE, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    MAGIC,
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${encodeURIComponent(emoji)}`, 'latin1')),
    chunk('IDAT', deflateSync(disc(crc32(emoji)), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Rows of RGBA, each with a filter byte before it. */
function disc(seed: number): Buffer {
  const rowLength = 1 + 4 * STICKER_SIDE;
  const pixels = Buffer.alloc(rowLength * STICKER_SIDE);
  const colour = [seed & 0xff, (seed >> 8) & 0xff, (seed >> 16) & 0xff, 0xff];
  const radius = STICKER_SIDE / 2;
  for (let y = 0; y < STICKER_SIDE; y += 1) {
    const half = Math.floor(Math.sqrt(radius ** 2 - (y - radius) ** 2));
    for (let x = radius - half; x < radius + half; x += 1) {
      pixels.set(colour, y * rowLength + 1 + 4 * x);
    }
  }
  return pixels;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
