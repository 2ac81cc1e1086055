import { badRequest } from '../errors/api-error.ts';

/** The type of a parameter; `id` is a number or an "@name". */
export type ParameterKind = 'integer' | 'flag' | 'text' | 'json' | 'file' | 'id';

/** A name has the same type in every method; the names that are not listed are text. */
const NAMES: Readonly<Record<Exclude<ParameterKind, 'text'>, string>> = {
  integer:
    'offset limit timeout max_connections message_thread_id direct_messages_topic_id message_id user_id ' +
    'reply_to_message_id cache_time video_start_timestamp',
  flag:
    'drop_pending_updates disable_notification protect_content allow_paid_broadcast has_spoiler is_big ' +
    'show_caption_above_media show_alert disable_content_type_detection',
  json:
    'commands scope allowed_updates ephemeral_message_parameters entities link_preview_options reaction ' +
    'suggested_post_parameters reply_parameters reply_markup caption_entities rich_message message_ids ' +
    'media menu_button',
  file: 'certificate photo document thumbnail sticker',
  id: 'chat_id from_chat_id',
};

const KINDS: ReadonlyMap<string, ParameterKind> = new Map(
  (['integer', 'flag', 'json', 'file', 'id'] as const).flatMap((kind) =>
    NAMES[kind].split(' ').map((name) => [name, kind] as const),
  ),
);

export function kindOf(name: string): ParameterKind {
  return KINDS.get(name) ?? 'text';
}

/**
 * Throws ApiError for a value that Telegram would read as another: a malformed number as 0 or its first digits, a
 * malformed flag as false.
 */
export function checkKind(name: string, text: string): void {
  const kind = kindOf(name);
  const isWrong =
    (kind === 'integer' && !/^\s*(?:-?\d+\s*)?$/.test(text)) ||
    (kind === 'flag' && !/^\s*(?:true|false|yes|no|[01])?\s*$/i.test(text));
  if (!isWrong) return;
  const wanted = kind === 'integer' ? 'an integer' : 'true or false';
  throw badRequest(`the sandbox wants ${wanted} as the parameter "${name}", not ${text}`);
}
