import { z } from 'zod';
import type { Fault } from '../faults/fault.ts';
import type { PendingFault } from '../faults/fault-store.ts';

const scope = {
  method: z.string().min(1),
  times: z.number().int().positive().nullable().default(1),
  share: z.number().positive().max(1).optional(),
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
  const share = body.share === undefined ? {} : { share: body.share };
  const common = { method: body.method, times: body.times, ...share, ...chat };
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

export const newDoubling = z.strictObject({
  times: z.number().int().positive().nullable().default(1),
});

export const newRestart = z.strictObject({
  down_ms: z.number().int().nonnegative().default(0),
});

/** A fault in the form of its request. */
export function faultJson(fault: PendingFault): Record<string, unknown> {
  const { retryAfterS, ...rest } = { retryAfterS: undefined, ...fault };
  return retryAfterS === undefined ? rest : { ...rest, retryAfter: retryAfterS };
}
