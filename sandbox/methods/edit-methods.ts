import { isDeepStrictEqual } from 'node:util';
import { badRequest } from '../errors/api-error.ts';
import type { Content, InlineKeyboard } from '../world/message.ts';
import type { Json } from '../world/json.ts';
import { readInputMedia } from './input-media.ts';
import { defineMethod } from './method.ts';
import type { MethodCall } from './method.ts';
import { readInlineMarkup } from './reply-markup.ts';
import { editTargetOf } from './target.ts';
import type { Target } from './target.ts';
import { checkText, readCaption, readText } from './text-parameters.ts';

const SERVED = 'chat_id message_id reply_markup';
const UNSERVED = 'business_connection_id inline_message_id';

/** An edit without a keyboard removes the present one, as with Telegram. */
export const editMethods = [
  defineMethod(
    'editMessageText',
    `${SERVED} text parse_mode entities link_preview_options | ${UNSERVED} rich_message`,
    (call) => {
      const content = readText(call);
      const keyboard = readInlineMarkup(call);
      const target = editTargetOf(call);
      if (target.message.content.kind !== 'text') {
        throw badRequest('There is no text in the message to edit');
      }
      checkText(content.text, 'MESSAGE_TOO_LONG');
      return apply(call, target, { content, keyboard });
    },
  ),
  defineMethod(
    'editMessageCaption',
    `${SERVED} caption parse_mode caption_entities show_caption_above_media | ${UNSERVED}`,
    (call) => {
      const caption = readCaption(call);
      const keyboard = readInlineMarkup(call);
      const target = editTargetOf(call);
      const before = target.message.content;
      if (before.kind !== 'photo') {
        throw badRequest('There is no caption in the message to edit');
      }
      const isCaptionAbove = call.parameters.flag('show_caption_above_media');
      return apply(call, target, { content: { ...before, caption, isCaptionAbove }, keyboard });
    },
  ),
  defineMethod('editMessageMedia', `${SERVED} media | ${UNSERVED}`, (call) => {
    const content = readInputMedia(call);
    const keyboard = readInlineMarkup(call);
    const target = editTargetOf(call);
    const { kind } = target.message.content;
    if (kind !== 'text' && kind !== 'photo') throw badRequest("Message can't be edited");
    return apply(call, target, { content, keyboard });
  }),
  defineMethod('editMessageReplyMarkup', `${SERVED} | ${UNSERVED}`, (call) => {
    const keyboard = readInlineMarkup(call);
    const target = editTargetOf(call);
    return apply(call, target, { content: target.message.content, keyboard });
  }),
];

interface Change {
  readonly content: Content;
  readonly keyboard: InlineKeyboard | null;
}

function apply({ world }: MethodCall, { message, person }: Target, change: Change): Json {
  const before = { content: message.content, keyboard: message.keyboard };
  if (isDeepStrictEqual(before, change)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same ' +
        'as a current content and reply markup of the message',
    );
  }
  return world.show(world.chats.edit(message, change.content, change.keyboard), person);
}
