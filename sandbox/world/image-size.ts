export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const PNG_MAGIC = '89504e470d0a1a0a';
/** Start-of-frame markers of JPEG; C4, C8 and CC are something else. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Pixels of a PNG or JPEG, or null when the bytes are neither. */
export function readImageSize(bytes: Uint8Array): ImageSize | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.toString('hex', 0, 8) === PNG_MAGIC && view.length >= 24) {
    return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
  }
  return view.toString('hex', 0, 2) === 'ffd8' ? jpegSize(view) : null;
}

function jpegSize(view: Buffer): ImageSize | null {
  let at = 2;
  while (at + 9 <= view.length && view[at] === 0xff) {
    if (isFrame(view.readUInt8(at + 1))) {
      return { width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) };
    }
    at += 2 + view.readUInt16BE(at + 2);
  }
  return null;
}
