import { GrammyError, HttpError } from 'grammy';
import { OutageError } from '../domains/core/outage-error.ts';
import { queryFailureOf } from './query-failure.ts';
import { CallAbortedError, TimeoutError } from './with-timeout.ts';

export type ApiFailure =
  | 'not_modified'
  /** The message does not exist or cannot be edited. */
  | 'gone'
  /** The user has blocked the bot or deleted their account. */
  | 'unreachable'
  /** The query was answered too late or twice. */
  | 'too_late'
  /** The server does not support `<tg-time>`. */
  | 'unknown_markup'
  /** Too many calls; this one had no effect. */
  | 'flood'
  /** The call never reached the server. */
  | 'unsent'
  /** No response: whether the call took effect is unknown. */
  | 'unknown'
  | 'other';

/** Longer flood waits are cut: Telegram has been seen to ask for four minutes. */
const MAX_FLOOD_S = 600;

const descriptions: readonly (readonly [ApiFailure, RegExp])[] = [
  ['not_modified', /message is not modified/i],
  [
    'gone',
    /message to (edit|delete|be edited) not found|message can't be (edited|deleted)|MESSAGE_ID_INVALID/i,
  ],
  ['unreachable', /chat not found|PEER_ID_INVALID|USER_DEACTIVATED|USER_IS_BLOCKED/i],
  ['too_late', /query is too old|query ID is invalid|QUERY_ID_INVALID/i],
  ['unknown_markup', /can't parse entities.*tg-time/i],
];

export function failureOf(error: unknown): ApiFailure {
  if (error instanceof TimeoutError) return 'unknown';
  if (error instanceof CallAbortedError) return 'unsent';
  if (error instanceof HttpError) return isUnsent(error) ? 'unsent' : 'unknown';
  if (!(error instanceof GrammyError)) return 'other';
  if (error.error_code === 429) return 'flood';
  if (error.error_code >= 500) return 'unknown';
  if (error.error_code === 403) return 'unreachable';
  return descriptions.find(([, pattern]) => pattern.test(error.description))?.[0] ?? 'other';
}

/** Whether the same call is worth another try. */
export function isTransient(failure: ApiFailure): boolean {
  return failure === 'flood' || failure === 'unsent' || failure === 'unknown';
}

const neverSent: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'],
  'UND_ERR_CONNECT_TIMEOUT',
]);

function isUnsent({ error }: HttpError): boolean {
  if (error instanceof CallAbortedError) return true;
  return error instanceof Error && 'code' in error && neverSent.has(error.code);
}

/** The wait that Telegram asks for with a 429, up to ten minutes; null for every other failure. */
export function floodWaitMs(error: unknown): number | null {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return null;
  return Math.min(error.parameters.retry_after ?? 1, MAX_FLOOD_S) * 1000;
}

/**
 * The loggable part of an error: the cause of a network error can contain the bot's token, the message of
 * a failed query players' names.
 */
export function factsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof GrammyError) {
    return { method: error.method, code: error.error_code, description: error.description };
  }
  if (error instanceof HttpError) return { network: error.message };
  if (!(error instanceof Error)) return { error: String(error) };
  const { name, message, stack } = error;
  const failed = queryFailureOf(error);
  // The stack of a lost connection says nothing.
  if (failed === null && error instanceof OutageError) return { outage: message };
  if (failed === null) return { error: name, detail: message, stack };
  return { error: name, ...failed, stack: framesOf(stack) };
}

/** Without the message, which holds the parameters of a query. */
function framesOf(stack = ''): string {
  return stack
    .split('\n')
    .filter((line) => /^ +at /.test(line))
    .join('\n');
}
