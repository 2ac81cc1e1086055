/** The kinds that the sandbox produces. */
export const SERVED_UPDATE_KINDS = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const;

export type ServedUpdateKind = (typeof SERVED_UPDATE_KINDS)[number];

/** Every kind that a bot may name in `allowed_updates`. */
const UPDATE_KINDS = [
  ...SERVED_UPDATE_KINDS,
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'stopped_message_generation',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'subscription',
] as const;

export type UpdateKind = (typeof UPDATE_KINDS)[number];

/** Sent only to a bot that names them. */
const ASKED_FOR: ReadonlySet<string> = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

const USUAL: ReadonlySet<UpdateKind> = new Set(UPDATE_KINDS.filter((kind) => !ASKED_FOR.has(kind)));

/** The kinds that a bot receives. Unknown names are ignored; null and an empty list mean the default kinds. */
export function allowedUpdateKinds(names: readonly string[] | null): ReadonlySet<UpdateKind> {
  const wanted = new Set((names ?? []).map((name) => name.toLowerCase()));
  const known = UPDATE_KINDS.filter((kind) => wanted.has(kind));
  return known.length === 0 ? USUAL : new Set(known);
}
