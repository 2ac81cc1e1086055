import { z } from 'zod';
import type { ButtonSelector } from '../people/find-button.ts';
import type { TapOptions } from '../people/tap.ts';
import type { Profile } from '../world/people-store.ts';

export const newPerson = z
  .strictObject({
    id: z.number().int().positive().optional(),
    first_name: z.string().min(1),
    last_name: z.string().nullish(),
    username: z.string().nullish(),
    language_code: z.string().nullish(),
    is_premium: z.boolean().optional(),
  })
  .transform((body): Profile => ({
    firstName: body.first_name,
    lastName: body.last_name ?? null,
    username: body.username ?? null,
    languageCode: body.language_code ?? null,
    isPremium: body.is_premium ?? false,
    ...(body.id === undefined ? {} : { id: body.id }),
  }));

export const newMessage = z.strictObject({
  text: z.string(),
  reply_to_message_id: z.number().int().optional(),
});

const place = z.tuple([z.number().int().min(0), z.number().int().min(0)]);

export const newTap = z
  .strictObject({
    message_id: z.number().int().optional(),
    button: z.union([z.string(), place]),
    force: z.boolean().optional(),
  })
  .transform((body): TapOptions & { button: ButtonSelector } => ({
    button: body.button,
    force: body.force ?? false,
    ...(body.message_id === undefined ? {} : { messageId: body.message_id }),
  }));
