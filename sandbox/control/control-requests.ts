import { z } from 'zod';
import type { Fault } from '../faults/fault.ts';
import type { PendingFault } from '../faults/fault-store.ts';
import type { ButtonWish } from '../people/find-button.ts';
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
  .transform((body): TapOptions & { button: ButtonWish } => ({
    button: body.button,
    force: body.force ?? false,
    ...(body.message_id === undefined ? {} : { messageId: body.message_id }),
  }));

const scope = {
  method: z.string().min(1),
  times: z.number().int().positive().default(1),
  chat_id: z.number().int().optional(),
};

const faultBody = z.discriminatedUnion('kind', [
  z.strictObject({ ...scope, kind: z.literal('flood'), retry_after: z.number().int().positive() }),
  z.strictObject({
    ...scope,
    kind: z.literal('error'),
    error_code: z.number().int().min(400).max(599),
    description: z.string().optional(),
    when: z.enum(['instead', 'after']).default('instead'),
  }),
  z.strictObject({ ...scope, kind: z.literal('reset'), when: z.enum(['before', 'after']) }),
  z.strictObject({
    ...scope,
    kind: z.literal('slow'),
    delay_ms: z.number().int().positive(),
    when: z.enum(['before', 'after']).default('before'),
  }),
]);

export const newFault = faultBody.transform((body): Fault => {
  const chat = body.chat_id === undefined ? {} : { chatId: body.chat_id };
  const common = { method: body.method, times: body.times, ...chat };
  switch (body.kind) {
    case 'flood':
      return { ...common, kind: 'flood', retryAfterS: body.retry_after };
    case 'error': {
      const said = body.description === undefined ? {} : { description: body.description };
      return { ...common, kind: 'error', errorCode: body.error_code, when: body.when, ...said };
    }
    case 'reset':
      return { ...common, kind: 'reset', when: body.when };
    case 'slow':
      return { ...common, kind: 'slow', delayMs: body.delay_ms, when: body.when };
  }
});

export const newDoubling = z.strictObject({ times: z.number().int().positive().default(1) });

/** A fault as it was asked for. */
export function faultJson(fault: PendingFault): Record<string, unknown> {
  const { retryAfterS, ...rest } = { retryAfterS: undefined, ...fault };
  return retryAfterS === undefined ? rest : { ...rest, retryAfter: retryAfterS };
}
