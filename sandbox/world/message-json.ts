import type { FormattedText } from '../text/entity.ts';
import type { BotUser } from './bot-user.ts';
import type { Json } from './json.ts';
import type { StoredFile } from './file-store.ts';
import type { Content, Message, StickerContent } from './message.ts';
import type { MessageStore } from './message-store.ts';
import type { Person } from './people-store.ts';

/** What the JSON of a message refers to. */
export interface MessageScene {
  readonly bot: BotUser;
  readonly person: Person;
  readonly messages: MessageStore;
}

export function userJson(person: Person): Json {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName === null ? {} : { last_name: person.lastName }),
    ...(person.username === null ? {} : { username: person.username }),
    ...(person.languageCode === null ? {} : { language_code: person.languageCode }),
    ...(person.isPremium ? { is_premium: true } : {}),
  };
}

export function chatJson(person: Person): Json {
  return {
    id: person.id,
    first_name: person.firstName,
    ...(person.lastName === null ? {} : { last_name: person.lastName }),
    ...(person.username === null ? {} : { username: person.username }),
    type: 'private',
  };
}

/** The message in the form of the Bot API. A message that it replies to is included without its own reply. */
export function messageJson(message: Message, scene: MessageScene): Json {
  const replied =
    message.replyToId === null ? null : scene.messages.find(message.chatId, message.replyToId);
  return {
    ...bareJson(message, scene),
    ...(replied === null ? {} : { reply_to_message: bareJson(replied, scene) }),
  };
}

/** A deleted message in a callback query. */
export function inaccessibleJson(messageId: number, person: Person): Json {
  return { message_id: messageId, chat: chatJson(person), date: 0 };
}

function bareJson(message: Message, scene: MessageScene): Json {
  return {
    message_id: message.id,
    from: message.from === 'bot' ? scene.bot.json() : userJson(scene.person),
    chat: chatJson(scene.person),
    date: message.dateS,
    ...(message.editDateS === null ? {} : { edit_date: message.editDateS }),
    ...(message.isProtected ? { has_protected_content: true } : {}),
    ...contentJson(message.content, message, scene),
    ...(message.keyboard === null ? {} : { reply_markup: message.keyboard }),
  };
}

function contentJson(content: Content, message: Message, scene: MessageScene): Json {
  switch (content.kind) {
    case 'text':
      return {
        ...formattedJson(content, 'text'),
        ...(content.linkPreview === null ? {} : { link_preview_options: content.linkPreview }),
      };
    case 'photo':
      return {
        photo: [photoJson(content.photo)],
        ...(content.caption.text === '' ? {} : formattedJson(content.caption, 'caption')),
        ...(content.isCaptionAbove ? { show_caption_above_media: true } : {}),
        ...(content.hasSpoiler ? { has_media_spoiler: true } : {}),
      };
    case 'document':
      return {
        document: { ...fileJson(content.file), file_name: content.fileName },
        ...(content.caption.text === '' ? {} : formattedJson(content.caption, 'caption')),
      };
    case 'sticker':
      return { sticker: stickerJson(content) };
    case 'pin':
      return { pinned_message: pinnedJson(content.messageId, message.chatId, scene) };
  }
}

function stickerJson({ emoji, file }: StickerContent): Json {
  const kind = { type: 'regular', is_animated: false, is_video: false };
  return { ...fileJson(file), ...kind, ...sizeJson(file), emoji };
}

function pinnedJson(messageId: number, chatId: number, scene: MessageScene): Json {
  const pinned = scene.messages.find(chatId, messageId);
  return pinned === null ? inaccessibleJson(messageId, scene.person) : bareJson(pinned, scene);
}

function formattedJson({ text, entities }: FormattedText, field: 'text' | 'caption'): Json {
  const entitiesField = field === 'text' ? 'entities' : 'caption_entities';
  return { [field]: text, ...(entities.length === 0 ? {} : { [entitiesField]: entities }) };
}

function photoJson(photo: StoredFile): Json {
  return { ...fileJson(photo), ...sizeJson(photo) };
}

function sizeJson({ size }: StoredFile): Json {
  return { width: size?.width ?? 0, height: size?.height ?? 0 };
}

export function fileJson(file: StoredFile): Json {
  return {
    file_id: file.fileId,
    file_unique_id: file.fileUniqueId,
    file_size: file.bytes.byteLength,
  };
}
