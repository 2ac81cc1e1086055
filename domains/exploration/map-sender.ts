import { z } from 'zod';
import { MAP_FILE_S } from '../../resources/numbers/map.ts';
import type { MemoOfCharacter, MemoStore } from '../core/memo-store.ts';
import type { Messenger } from '../core/messenger.ts';
import { text } from '../core/text.ts';
import { type MapFacts, mapSvg } from './map-picture.ts';

export interface MapSenderDeps {
  /** Makes a PNG of an SVG. */
  readonly drawPng: (svg: string) => Promise<Uint8Array>;
  readonly messenger: Pick<Messenger, 'sendPhoto'>;
  readonly memos: Pick<MemoStore, 'read' | 'write' | 'erase'>;
}

const MAP: MemoOfCharacter = 'map';
const sentSchema = z.strictObject({ of: z.string(), fileId: z.string() });

/** Sends the picture of the map; false: it could not be sent. A map that has not changed is not drawn again. */
export async function sendMap(
  { drawPng, messenger, memos }: MapSenderDeps,
  to: { readonly userId: number; readonly charId: number },
  facts: MapFacts,
): Promise<boolean> {
  const id = String(to.charId);
  const of = [facts.place, ...facts.seen].join(' ');
  const sent = sentSchema.safeParse(await memos.read(MAP, id));
  const known = sent.success && sent.data.of === of ? sent.data.fileId : null;
  const picture = known ?? (await drawPng(mapSvg(facts)));
  const fileId = await messenger.sendPhoto(to.userId, {
    picture,
    caption: text('world.map.caption'),
  });
  // Telegram may no longer know the file: the next attempt draws it again.
  if (known !== null && fileId === null) await memos.erase(MAP, id);
  if (fileId === null) return false;
  if (known === null) await memos.write(MAP, id, { value: { of, fileId }, ttlS: MAP_FILE_S });
  return true;
}
