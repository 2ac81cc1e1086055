import { badRequest } from '../errors/api-error.ts';
import { isEntityType } from './entity.ts';
import type { Entity } from './entity.ts';
import { timeFormat } from './html-entities.ts';
import { z } from 'zod';

const ENTITY = z.looseObject({
  type: z.string(),
  offset: z.number().int(),
  length: z.number().int(),
});
const DETAILS = z.object({
  url: z.string().default(''),
  language: z.string().default(''),
  custom_emoji_id: z.coerce.string().default(''),
  unix_time: z.number().int().default(0),
  date_time_format: z.string().default(''),
  user: z.object({ id: z.number().int() }).optional(),
});

/** Telegram finds these by itself and ignores given ones. */
const FOUND_BY_TELEGRAM: ReadonlySet<string> = new Set(
  'mention hashtag cashtag bot_command url email phone_number bank_card_number'.split(' '),
);

/** The `entities` parameter, already decoded. Anything but a list counts as none, as with Telegram. Throws ApiError. */
export function readEntities(value: unknown): Entity[] {
  return Array.isArray(value) ? value.flatMap(readEntity) : [];
}

function readEntity(value: unknown): Entity[] {
  const head = ENTITY.safeParse(value);
  if (!head.success) throw wrongEntity('expected an Object with type, offset and length');
  const { type, offset, length } = head.data;
  if (FOUND_BY_TELEGRAM.has(type)) return [];
  if (!isEntityType(type)) throw wrongEntity('Unsupported type specified');
  const details = DETAILS.safeParse(value);
  if (!details.success) throw wrongEntity(`wrong fields for ${type}`);
  return [{ type, offset, length, ...detailsOf(type, details.data) }];
}

function detailsOf(type: string, details: z.infer<typeof DETAILS>): Partial<Entity> {
  switch (type) {
    case 'pre':
      return details.language === '' ? {} : { language: details.language };
    case 'text_link':
      return { url: details.url };
    case 'text_mention':
      return details.user === undefined ? {} : { user: details.user };
    case 'custom_emoji':
      return { custom_emoji_id: details.custom_emoji_id };
    case 'date_time':
      return timeOf(details);
    default:
      return {};
  }
}

function timeOf(details: z.infer<typeof DETAILS>): Partial<Entity> {
  const format = timeFormat(details.date_time_format);
  if (format === null) throw wrongEntity('Invalid date-time format specified');
  if (details.unix_time <= 0) throw badRequest('Invalid date specified');
  return { unix_time: details.unix_time, date_time_format: format };
}

function wrongEntity(reason: string): Error {
  return badRequest(`Can't parse MessageEntity: ${reason}`);
}
