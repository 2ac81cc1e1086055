import { GrammyError } from 'grammy';
import { expect, test } from 'vitest';
import { failureOf } from '../../bot/api-errors.ts';

test.each([
  [403, 'Forbidden: bot was blocked by the user'],
  [403, 'Forbidden: user is deactivated'],
  [403, "Forbidden: bot can't initiate conversation with a user"],
  [403, "Forbidden: bot can't send messages to bots"],
  [400, 'Bad Request: chat not found'],
  [400, 'Bad Request: PEER_ID_INVALID'],
  [400, 'Bad Request: USER_DEACTIVATED'],
  [400, 'Bad Request: INPUT_USER_DEACTIVATED'],
  [400, 'Bad Request: USER_IS_BLOCKED'],
])('failureOf returns unreachable for %i %s', (error_code, description) => {
  const refusal = { ok: false, error_code, description } as const;
  expect(failureOf(new GrammyError('call failed', refusal, 'sendMessage', {}))).toBe('unreachable');
});
