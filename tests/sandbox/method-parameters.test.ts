import type { ApiMethods } from '@grammyjs/types';
import { expect, test } from 'vitest';
import { METHODS } from '../../sandbox/methods/method-table.ts';

type Methods = ApiMethods<Uint8Array>;
type ParametersOf<M extends keyof Methods> = Methods[M] extends (args: infer A) => unknown
  ? keyof NonNullable<A> & string
  : never;

/** Every parameter of the newest types once: the compiler tells when one is missing or gone. */
const all =
  <M extends keyof Methods>(method: M) =>
  (parameters: Record<ParametersOf<M>, 1>): [string, string[]] => [
    method,
    Object.keys(parameters).sort(),
  ];

const chat = { chat_id: 1 } as const;
const target = { ...chat, message_id: 1 } as const;
const business = { business_connection_id: 1 } as const;
const send = {
  ...chat,
  ...business,
  message_thread_id: 1,
  direct_messages_topic_id: 1,
  ephemeral_message_parameters: 1,
  parse_mode: 1,
  disable_notification: 1,
  protect_content: 1,
  allow_paid_broadcast: 1,
  message_effect_id: 1,
  suggested_post_parameters: 1,
  reply_parameters: 1,
  reply_markup: 1,
  reply_to_message_id: 1,
} as const;
const edit = { ...target, ...business, inline_message_id: 1, reply_markup: 1 } as const;
const language = { language_code: 1 } as const;
const scope = { ...language, scope: 1 } as const;

test.each([
  all('getUpdates')({ offset: 1, limit: 1, timeout: 1, allowed_updates: 1 }),
  all('setWebhook')({
    ...{ url: 1, certificate: 1, ip_address: 1, max_connections: 1, allowed_updates: 1 },
    ...{ drop_pending_updates: 1, secret_token: 1 },
  }),
  all('deleteWebhook')({ drop_pending_updates: 1 }),
  all('sendMessage')({ ...send, text: 1, entities: 1, link_preview_options: 1 }),
  all('sendPhoto')({
    ...{ ...send, photo: 1, caption: 1, caption_entities: 1 },
    ...{ show_caption_above_media: 1, has_spoiler: 1 },
  }),
  all('editMessageText')({
    ...{ ...edit, text: 1, parse_mode: 1, entities: 1, link_preview_options: 1 },
    rich_message: 1,
  }),
  all('editMessageCaption')({
    ...{ ...edit, caption: 1, parse_mode: 1, caption_entities: 1 },
    show_caption_above_media: 1,
  }),
  all('editMessageReplyMarkup')(edit),
  all('deleteMessage')(target),
  all('deleteMessages')({ ...chat, message_ids: 1 }),
  all('answerCallbackQuery')({
    ...{ callback_query_id: 1, text: 1, show_alert: 1, url: 1, cache_time: 1 },
  }),
  all('sendChatAction')({ ...chat, ...business, message_thread_id: 1, action: 1 }),
  all('setMessageReaction')({ ...target, reaction: 1, is_big: 1 }),
  all('pinChatMessage')({ ...target, ...business, disable_notification: 1 }),
  all('unpinChatMessage')({ ...target, ...business }),
  all('unpinAllChatMessages')(chat),
  all('setMyCommands')({ ...scope, commands: 1 }),
  all('deleteMyCommands')(scope),
  all('getMyCommands')(scope),
  all('setMyName')({ ...language, name: 1 }),
  all('setMyDescription')({ ...language, description: 1 }),
  all('setMyShortDescription')({ ...language, short_description: 1 }),
  all('getFile')({ file_id: 1 }),
])('%s knows the parameters of the newest API and no others', (name, parameters) => {
  const method = METHODS.find((candidate) => candidate.name === name);
  expect([...(method?.served ?? []), ...(method?.unserved ?? [])].sort()).toEqual(parameters);
});
