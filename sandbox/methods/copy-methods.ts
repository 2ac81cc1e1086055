import { badRequest } from '../errors/api-error.ts';
import type { Content } from '../world/message.ts';
import { defineMethod } from './method.ts';
import type { MethodCall } from './method.ts';
import { send } from './send-methods.ts';
import { personOf } from './target.ts';
import { readCaption } from './text-parameters.ts';

export const copyMethods = [
  defineMethod(
    'copyMessage',
    'chat_id from_chat_id message_id caption parse_mode caption_entities show_caption_above_media ' +
      'disable_notification protect_content reply_parameters reply_to_message_id reply_markup | ' +
      'message_thread_id direct_messages_topic_id video_start_timestamp allow_paid_broadcast ' +
      'message_effect_id suggested_post_parameters',
    (call) => {
      const { message_id } = send(call, copied(call), () => undefined);
      return { message_id };
    },
  ),
];

/** The content of the message, with a new caption if one is given, without its keyboard. */
function copied(call: MethodCall): Content {
  const { world, parameters } = call;
  const source = personOf(call, 'from_chat_id');
  const message = world.messages.find(source.id, parameters.integer('message_id') ?? 0);
  if (message === null) throw badRequest('message to copy not found');
  const { content, isProtected } = message;
  if (content.kind === 'pin' || isProtected) throw badRequest("Message can't be copied");
  if (content.kind !== 'photo' || !parameters.names().includes('caption')) return content;
  return {
    ...content,
    caption: readCaption(call),
    isCaptionAbove: parameters.flag('show_caption_above_media'),
  };
}
