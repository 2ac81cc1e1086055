import { badRequest } from '../errors/api-error.ts';
import type { DocumentContent, Draft, InlineKeyboard, PhotoContent } from '../world/message.ts';
import type { Json } from '../world/json.ts';
import type { Person } from '../world/people-store.ts';
import { readDocument } from './document-parameter.ts';
import { flagField, isJsonObject } from './json-fields.ts';
import { defineMethod } from './method.ts';
import type { MethodCall } from './method.ts';
import { readPhoto } from './photo-parameter.ts';
import { readReplyMarkup } from './reply-markup.ts';
import type { ReplyMarkup } from './reply-markup.ts';
import { personOf, requireReachable } from './target.ts';
import { checkText, readCaption, readText } from './text-parameters.ts';

const SERVED =
  'chat_id parse_mode disable_notification protect_content reply_parameters reply_to_message_id reply_markup';
const UNSERVED =
  'business_connection_id message_thread_id direct_messages_topic_id ephemeral_message_parameters ' +
  'allow_paid_broadcast message_effect_id suggested_post_parameters';

export const sendMethods = [
  defineMethod(
    'sendMessage',
    `${SERVED} text entities link_preview_options | ${UNSERVED}`,
    (call) => {
      const content = readText(call);
      return send(call, content, () => {
        checkText(content.text, 'Message is too long');
      });
    },
  ),
  defineMethod(
    'sendPhoto',
    `${SERVED} photo caption caption_entities show_caption_above_media has_spoiler | ${UNSERVED}`,
    (call) => {
      const content: PhotoContent = {
        kind: 'photo',
        photo: readPhoto(call),
        caption: readCaption(call),
        isCaptionAbove: call.parameters.flag('show_caption_above_media'),
        hasSpoiler: call.parameters.flag('has_spoiler'),
      };
      return send(call, content, () => undefined);
    },
  ),
  defineMethod(
    'sendDocument',
    `${SERVED} document caption caption_entities disable_content_type_detection | ` +
      `thumbnail ${UNSERVED}`,
    (call) => {
      const content: DocumentContent = {
        kind: 'document',
        ...readDocument(call),
        caption: readCaption(call),
      };
      return send(call, content, () => undefined);
    },
  ),
];

/** Checks in the order of Telegram: format, chat, reply, size, and last whether the bot may write to the person. */
export function send(call: MethodCall, content: Draft['content'], checkSize: () => void): Json {
  const { world, parameters } = call;
  const markup = readReplyMarkup(call);
  const person = personOf(call);
  const replyToId = readReply(call, person);
  checkSize();
  requireReachable(person);
  const message = world.chats.send({
    chatId: person.id,
    from: 'bot',
    content,
    keyboard: inlineOf(markup),
    hasForeignMarkup: markup.kind !== 'none' && markup.kind !== 'inline',
    isSilent: parameters.flag('disable_notification'),
    isProtected: parameters.flag('protect_content'),
    replyToId,
  });
  if (markup.kind === 'keyboard') world.chats.showKeyboard(person, markup.labels);
  if (markup.kind === 'remove') world.chats.showKeyboard(person, null);
  return world.show(message, person);
}

function inlineOf(markup: ReplyMarkup): InlineKeyboard | null {
  return markup.kind === 'inline' ? markup.keyboard : null;
}

interface ReplyTarget {
  readonly messageId: number | null;
  readonly isOptional: boolean;
}

function readReply(call: MethodCall, person: Person): number | null {
  const { messageId, isOptional } = readReplyTarget(call);
  if (messageId === null) return null;
  if (call.world.messages.find(person.id, messageId) !== null) return messageId;
  if (isOptional) return null;
  throw badRequest('message to be replied not found');
}

function readReplyTarget({ parameters }: MethodCall): ReplyTarget {
  const value = parameters.json('reply_parameters', () =>
    badRequest("Can't parse reply parameters JSON object"),
  );
  if (value === undefined) {
    const messageId = parameters.integer('reply_to_message_id') ?? 0;
    return { messageId: messageId > 0 ? messageId : null, isOptional: false };
  }
  if (!isJsonObject(value)) throw badRequest('Object expected as reply parameters');
  const messageId = value['message_id'];
  if (messageId === undefined) throw badRequest('Can\'t find field "message_id"');
  return {
    messageId: Number(messageId),
    isOptional: flagField(value, 'allow_sending_without_reply'),
  };
}
