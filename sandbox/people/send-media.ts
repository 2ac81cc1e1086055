import { composeText, countCodePoints } from '../text/compose-text.ts';
import type { Content } from '../world/message.ts';
import { messageView } from '../world/message-view.ts';
import type { MessageView } from '../world/message-view.ts';
import type { Person } from '../world/people-store.ts';
import { stickerImage } from '../world/sticker-image.ts';
import { readImageSize } from '../world/image-size.ts';
import { UPDATE_LIFETIME_MS } from '../world/update-lifetimes.ts';
import type { World } from '../world/world.ts';
import { PersonError } from './person-error.ts';
import { requireUnblocked, start } from './person-actions.ts';

const LONGEST_CAPTION = 1024;
const ONE_EMOJI = /^\p{Emoji}(?:\p{Emoji}|\p{M}|\u200d|\ufe0f)*$/u;

/** Throws PersonError for anything but one emoji, by which stickers are found. */
export function sendSticker(world: World, person: Person, emoji: string): MessageView {
  if (!ONE_EMOJI.test(emoji)) throw new PersonError('a sticker is chosen by one emoji');
  const file = world.files.save(stickerImage(emoji), 'sticker');
  return send(world, person, { kind: 'sticker', emoji, file });
}

export interface Picture {
  readonly bytes: Uint8Array;
  readonly caption: string;
}

/** Throws PersonError for what is no PNG or JPEG. */
export function sendPhoto(world: World, person: Person, { bytes, caption }: Picture): MessageView {
  if (readImageSize(bytes) === null) throw new PersonError('a photo is a PNG or a JPEG');
  const formatted = composeText({ text: caption, parseMode: '', entities: [] });
  if (countCodePoints(formatted.text) > LONGEST_CAPTION) {
    throw new PersonError(`a caption has at most ${LONGEST_CAPTION} characters`);
  }
  const photo = world.files.save(bytes, 'photo');
  const looks = { isCaptionAbove: false, hasSpoiler: false };
  return send(world, person, { kind: 'photo', photo, caption: formatted, ...looks });
}

function send(world: World, person: Person, content: Content): MessageView {
  requireUnblocked(person);
  const message = world.chats.send({ chatId: person.id, from: 'person', content });
  start(world, person);
  world.updates.push('message', world.show(message, person), UPDATE_LIFETIME_MS);
  return messageView(message);
}
