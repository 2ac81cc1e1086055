import { createHash } from 'node:crypto';
import { readImageSize } from './image-size.ts';
import type { ImageSize } from './image-size.ts';

export interface StoredFile {
  readonly fileId: string;
  readonly fileUniqueId: string;
  /** Below `/file/bot<token>/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly size: ImageSize | null;
}

export type FileKind = 'photo' | 'document' | 'sticker';

const SHAPES = {
  photo: { prefix: 'AgACAgI', folder: 'photos', ending: 'jpg' },
  document: { prefix: 'BQACAgI', folder: 'documents', ending: 'bin' },
  sticker: { prefix: 'CAACAgI', folder: 'stickers', ending: 'png' },
} as const;

/** Files that were sent. The same bytes get the same id, which can be sent again. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>();

  save(bytes: Uint8Array, kind: FileKind = 'photo'): StoredFile {
    const { prefix, folder, ending } = SHAPES[kind];
    const hash = createHash('sha256').update(bytes).digest('base64url');
    const file: StoredFile = {
      fileId: `${prefix}${hash}`,
      fileUniqueId: `AQAD${hash.slice(0, 12)}`,
      path: `${folder}/file_${hash.slice(0, 8)}.${ending}`,
      bytes,
      size: readImageSize(bytes),
    };
    const known = this.#files.get(file.fileId);
    if (known !== undefined) return known;
    this.#files.set(file.fileId, file);
    return file;
  }

  find(fileId: string): StoredFile | null {
    return this.#files.get(fileId) ?? null;
  }

  atPath(path: string): StoredFile | null {
    return [...this.#files.values()].find((file) => file.path === path) ?? null;
  }
}
